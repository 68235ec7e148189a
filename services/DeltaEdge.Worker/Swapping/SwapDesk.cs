using DeltaEdge.Core.Wire;
using DeltaEdge.Inference.Engine;
using DeltaEdge.Inference.Memory;
using DeltaEdge.Streams.Gating;
using DeltaEdge.Streams.Sources;
using DeltaEdge.Worker.Hosting;
using DeltaEdge.Worker.Serving;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Worker.Swapping;

/// <summary>
/// Changes the model while it serves, one swap at a time: makes the new engine ready beside the old one, puts it in force, lets the old
/// one finish what it has, disposes it. Whatever goes wrong before the new one is ready leaves the old one in force.
/// </summary>
internal sealed partial class SwapDesk(
    ModelInForce models, ServedModels served, EngineStarter engines, FrameGates gates, SwapMetrics metrics,
    IHostApplicationLifetime lifetime, IOptions<WorkerOptions> options, ILogger<SwapDesk> logger) : IAsyncDisposable
{
    private readonly AllowedFolders _folders = new(options.Value.PackageDirectories);
    private readonly CancellationTokenSource _disposing = new();
    private readonly Lock _lock = new();
    private volatile SwapProgress? _progress;
    private Task _running = Task.CompletedTask;

    public ModelStatus Status => new(models.Current.Name, _progress);

    /// <summary>Begins a swap, which goes on when this has returned.</summary>
    /// <param name="package">Folder of the package on this machine.</param>
    public Result<ModelStatus> Begin(string package)
    {
        if (_folders.Find(package) is not { } folder)
        {
            return ApiError.Invalid(
                "package",
                _folders.IsEmpty
                    ? $"This worker does not change its model. Allowed: packages below the folders of {WorkerOptions.SectionName}:{nameof(WorkerOptions.PackageDirectories)}, which names none."
                    : $"The package is not in a folder that may be swapped in. Allowed: packages below the folders of {WorkerOptions.SectionName}:{nameof(WorkerOptions.PackageDirectories)}.",
                "package_not_allowed");
        }

        lock (_lock)
        {
            if (lifetime.ApplicationStopping.IsCancellationRequested)
            {
                return ApiError.Overloaded(1, "This worker is stopping.");
            }

            if (_progress is { HasEnded: false } other)
            {
                return ApiError.Conflict("package", $"A swap to {other.Package} is going on; only one can at a time. GET /admin/model says how far it is.");
            }

            _progress = new SwapProgress(folder, SwapPhase.Compiling);
            _running = Task.Run(() => RunAsync(folder, lifetime.ApplicationStopping), CancellationToken.None);
        }

        return Status;
    }

    /// <summary>Comes after the server has stopped: asks have had their time.</summary>
    public async ValueTask DisposeAsync()
    {
        await _disposing.CancelAsync();
        await _running;
        _disposing.Dispose();
    }

    private async Task RunAsync(string folder, CancellationToken stopping)
    {
        var ended = await TrySwapAsync(folder, stopping);

        // What has just ended still has its frames on this stack, and they hold an engine; a thread of its own has none of them.
        await Task.Factory.StartNew(FreedMemory.GiveBack, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        metrics.Ended(ended.State == SwapPhase.Done ? "done" : "failed");
        _progress = ended;
    }

    private async Task<SwapProgress> TrySwapAsync(string folder, CancellationToken stopping)
    {
        try
        {
            LogBegun(models.Current.Name, folder);
            var model = ModelLoader.Load(folder, stopping);
            RequireSameShape(model);
            _progress = _progress! with { State = SwapPhase.Warming, Model = model.Manifest.Name };
            await SwapAsync(served.Of(engines.StartBeside(model, stopping)));
            return _progress with { State = SwapPhase.Done };
        }
#pragma warning disable CA1031 // Whatever is wrong with a package, the model in force serves on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            var reason = stopping.IsCancellationRequested ? "The worker is stopping." : e.Message;
            LogFailed(e, folder, models.Current.Name, reason);
            return _progress! with { State = SwapPhase.Failed, Error = reason };
        }
    }

    private async Task SwapAsync(ServedModel next)
    {
        var old = models.Replace(next);
        gates.ForgetAll();
        LogInForce(next.Name, old.Name);
        _progress = _progress! with { State = SwapPhase.Draining };
        await old.RetireAsync(_disposing.Token);
        LogRetired(old.Name);
    }

    /// <summary>Cameras already deliver frames of that size, and streams, plans and reports of the whole fleet are in terms of that ladder.</summary>
    private void RequireSameShape(EngineModel model)
    {
        var engine = models.Current.Engine;
        if (!model.Manifest.Ladder.Budgets.SequenceEqual(engine.Ladder.Budgets))
        {
            throw new InvalidOperationException(
                $"{model.Manifest.Name} has the budgets {model.Manifest.Ladder}; a swap is allowed to a model with those in force, {engine.Ladder}. Start workers with the package instead.");
        }

        if (model.Compiled.Vision.ImageSize != engine.ImageSize)
        {
            throw new InvalidOperationException(
                $"{model.Manifest.Name} takes images of {model.Compiled.Vision.ImageSize} pixels; a swap is allowed to a model that takes those in force, {engine.ImageSize}. Start workers with the package instead.");
        }
    }

    [LoggerMessage(EventName = "ModelSwapBegun", Level = LogLevel.Information, Message = "{Model} is to be replaced by the package {Package}")]
    private partial void LogBegun(string model, string package);

    [LoggerMessage(EventName = "ModelInForce", Level = LogLevel.Information, Message = "{Model} answers from now on; {Old} finishes what it has")]
    private partial void LogInForce(string model, string old);

    [LoggerMessage(EventName = "ModelRetired", Level = LogLevel.Information, Message = "{Model} has answered its last ask; its engine is disposed")]
    private partial void LogRetired(string model);

    [LoggerMessage(EventName = "ModelSwapFailed", Level = LogLevel.Error, Message = "The package {Package} was not put in force, {Model} serves on: {Reason}")]
    private partial void LogFailed(Exception exception, string package, string model, string reason);
}
