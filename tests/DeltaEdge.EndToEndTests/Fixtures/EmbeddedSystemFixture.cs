using System.Collections.Concurrent;
using System.Diagnostics;

namespace DeltaEdge.EndToEndTests.Fixtures;

/// <summary><c>deltaedge up</c> with its demo cameras, on a free port, started once for all tests of the assembly.</summary>
public sealed class EmbeddedSystemFixture : IAsyncLifetime
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private readonly ConcurrentQueue<string> _lines = new();
    private Process? _process;

    public Uri Address { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    /// <summary>What the program printed so far.</summary>
    public string Printed => string.Join('\n', _lines);

    public bool HasExited => _process!.HasExited;

    public async ValueTask InitializeAsync()
    {
        _process = DeltaEdgeProcess.Start("up", "--port", "0");
        Address = await DeltaEdgeProcess.ReadAddressAsync(_process, _lines, StartLimit);
        Http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        if (_process is { HasExited: false })
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).WaitForExit();
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process?.Dispose();
    }
}
