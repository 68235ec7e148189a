using System.Collections.Concurrent;
using System.Diagnostics;

namespace DeltaEdge.ComponentTests.Delivery;

/// <summary>mosquitto_sub, and what it got: topic and payload of each message.</summary>
internal sealed class MosquittoSubscriber : IDisposable
{
    private readonly Process _process;

    public MosquittoSubscriber(string program, string[] arguments)
    {
        _process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        _process.OutputDataReceived += (_, e) => Read(e.Data);
        _process.BeginOutputReadLine();
    }

    public ConcurrentQueue<(string Topic, string Payload)> All { get; } = new();

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Read(string? line)
    {
        if (line?.StartsWith("got ", StringComparison.Ordinal) == true && line.Split(' ', 3) is [_, var topic, var payload])
        {
            All.Enqueue((topic, payload));
        }
    }
}
