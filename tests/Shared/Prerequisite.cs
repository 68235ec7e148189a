namespace DeltaEdge.Tests;

/// <summary>What a test needs of the machine: without it the test is skipped, in CI it fails.</summary>
internal static class Prerequisite
{
    /// <param name="isThere">Whether the machine has it.</param>
    /// <param name="missing">What to say if not, with where to get it.</param>
    public static void Require(bool isThere, string missing)
    {
        Assert.True(isThere || Environment.GetEnvironmentVariable("CI") != "true", missing);
        Assert.SkipUnless(isThere, missing);
    }

    /// <param name="program">A program's name.</param>
    /// <param name="package">The Debian package that has it.</param>
    /// <returns>Where it is.</returns>
    public static string RequireProgram(string program, string package)
    {
        var found = Find(program);
        Require(found is not null, $"{program} is not installed (Debian package {package}).");
        return found!;
    }

    /// <returns>Where a program is; null if it is not installed. Debian installs servers where an ordinary user's PATH does not look.</returns>
    public static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin")
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
