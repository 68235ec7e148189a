using System.Diagnostics;

namespace DeltaEdge.ComponentTests.Kubernetes;

/// <summary>The kubectl on the PATH, whose kustomize renders what an operator applies.</summary>
internal static class Kubectl
{
    private const string Executable = "kubectl";

    private static readonly Lazy<bool> Current = new(() => Run("version", "--client", "--output=json").Contains("kustomizeVersion", StringComparison.Ordinal));

    /// <summary>Whether its kustomize reads today's syntax; kubectl before 1.21 holds version 2.0.3.</summary>
    public static bool IsCurrent => Current.Value;

    public static void SkipIfMissing() => Prerequisite.RequireProgram(Executable, "kubernetes-client");

    /// <summary>What a folder with a kustomization.yaml renders to.</summary>
    public static string Render(string folder) => Run("kustomize", folder);

    private static string Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Executable, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{Executable} {string.Join(' ', arguments)} failed: {errors.Result}");
        return output;
    }
}
