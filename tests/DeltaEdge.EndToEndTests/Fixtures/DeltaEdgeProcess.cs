using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace DeltaEdge.EndToEndTests.Fixtures;

/// <summary>The built <c>deltaedge</c> program as a child process.</summary>
public static partial class DeltaEdgeProcess
{
    /// <summary>The program as built beside this test assembly, same configuration.</summary>
    public static string Path
    {
        get
        {
            var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(System.IO.Path.DirectorySeparatorChar));
            var path = System.IO.Path.Combine(output.Parent!.Parent!.FullName, "DeltaEdge.Cli", output.Name, "deltaedge");
            return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is missing: build the solution first.");
        }
    }

    public static Process Start(params string[] arguments) => Start([], arguments);

    public static Process Start((string Name, string Value)[] environment, string[] arguments)
    {
        var start = new ProcessStartInfo(Path) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Repository.Root };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Runs to the end.</summary>
    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) => RunAsync([], arguments);

    /// <summary>Runs to the end under these environment variables.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync((string Name, string Value)[] environment, string[] arguments)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var process = Start(environment, arguments);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>Reads the program's output until it says where the live page is; keeps reading afterwards so that it never blocks.</summary>
    public static async Task<Uri> ReadAddressAsync(Process process, ConcurrentQueue<string> lines, TimeSpan limit)
    {
        var found = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Read(string? line)
        {
            if (line is null)
            {
                return;
            }

            lines.Enqueue(line);
            if (LivePage().Match(line) is { Success: true } match)
            {
                found.TrySetResult(new Uri(match.Groups[1].Value));
            }
        }

        process.OutputDataReceived += (_, e) => Read(e.Data);
        process.ErrorDataReceived += (_, e) => Read(e.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => found.TrySetException(new InvalidOperationException($"deltaedge ended with {process.ExitCode}:\n{string.Join('\n', lines)}"));
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            return await found.Task.WaitAsync(limit);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"deltaedge did not say where its page is within {limit}. It printed:\n{string.Join('\n', lines)}");
        }
    }

    [GeneratedRegex(@"Live page\s+(http\S+)")]
    private static partial Regex LivePage();
}
