using System.Diagnostics;

namespace DeltaEdge.ComponentTests.Fixtures;

/// <summary>Prometheus' own checker.</summary>
internal static class Promtool
{
    private const string Executable = "promtool";

    /// <summary>Runs it and fails with what it says unless it is content. Skips the test where it is not installed, but fails it in CI.</summary>
    public static async Task PassesAsync(string? input, params string[] arguments)
    {
        Prerequisite.RequireProgram(Executable, "prometheus");
        using var process = Process.Start(new ProcessStartInfo(Executable, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{Executable} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}\n{await errors}");
    }
}
