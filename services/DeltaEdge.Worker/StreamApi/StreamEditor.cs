using DeltaEdge.Core.Sla;
using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Wire;
using DeltaEdge.Fabric;
using DeltaEdge.Fabric.Catalog;
using DeltaEdge.Fabric.Streams;
using DeltaEdge.Streams.Answers;
using DeltaEdge.Streams.Registry;
using DeltaEdge.Worker.Hosting;
using DeltaEdge.Worker.Placement;

namespace DeltaEdge.Worker.StreamApi;

/// <summary>
/// Changes to the catalog that a client asks for, made true at once where the stream runs here; wherever else it runs, its owner
/// follows. Any worker can change any stream.
/// </summary>
internal sealed class StreamEditor(
    StreamKeeper keeper, StreamRegistry registry, StreamLogs logs, AdmissionDesk admission, StreamSpecParser parser,
    IStreamCatalog catalog, IStreamDirectory directory, ISharedState shared, DrainState drain, WorkerIdentity identity)
{
    private const int MostTries = 8;

    /// <summary>What was sent may have been done, though its answer did not come.</summary>
    private static readonly ApiError NobodyKnows = SharedStateErrors.Away("it is not known whether the stream was changed. Read it again before you send this again.");

    /// <summary>Adds a stream that fits here and claims it. A duplicate is not judged: it is a duplicate whether or not there is room.</summary>
    public Task<Result<EditedStream>> AddAsync(StreamSpec spec, string? tenant, CancellationToken cancellationToken) => InTurnAsync<EditedStream>(async () =>
    {
        if (drain.IsDraining)
        {
            return ApiError.Overloaded(1, "This worker is stopping.");
        }

        if (await catalog.FindAsync(spec.Id, cancellationToken) is { } known)
        {
            return tenant is null || tenant == known.Tenant ? StreamRegistry.Exists(spec.Id) : NotAvailable(spec.Id);
        }

        // The claim comes first, so that nobody else takes the stream up between its adding and its start.
        var claim = await directory.ClaimAsync(spec.Id, identity.WorkerId, cancellationToken);
        if (!claim.Granted)
        {
            return claim.Outcome == ClaimOutcome.Taken
                ? NotAvailable(spec.Id)
                : ApiError.Overloaded(1, "This worker cannot take streams yet: the fleet does not know it, or shared state is out of reach.");
        }

        var judged = admission.IsOpen ? admission.Judge(spec) : null;
        var record = new StreamRecord(spec.Id, StreamSpecWriter.Write(spec), IsPaused: false, tenant, Revision: 1);
        var error = judged is { Admitted: false } ? AdmissionDesk.Refuse(judged) : registry.Check(spec);
        error ??= await catalog.AddAsync(record, cancellationToken) switch
        {
            CatalogOutcome.Done => null,
            CatalogOutcome.Exists => NotAvailable(spec.Id),
            _ => NobodyKnows,
        };
        if (error is not null)
        {
            await directory.ReleaseAsync(spec.Id, identity.WorkerId, CancellationToken.None);
            return error;
        }

        await keeper.RunAsync(record, claim.Owner!);
        return new EditedStream(record, judged);
    }, cancellationToken);

    /// <summary>Replaces the fields that the patch names.</summary>
    public Task<Result<EditedStream>> PatchAsync(string id, ReadOnlyMemory<byte> patch, RequestTerms terms, CancellationToken cancellationToken)
    {
        AdmissionAnswer? judged = null;
        return ReplaceAsync(id, record =>
        {
            if (!keeper.Read(record).TryGet(out var current, out var error) || !parser.Patch(current, patch, terms).TryGet(out var spec, out error))
            {
                return error;
            }

            judged = admission.IsOpen && registry.Find(id) is { } camera ? admission.Judge(spec, camera.Spec) : null;
            error = judged is { Admitted: false } ? AdmissionDesk.Refuse(judged) : spec.Source != current.Source ? registry.CheckSource(spec) : null;
            return error is null ? record with { Spec = StreamSpecWriter.Write(spec) } : error;
        }, () => judged, cancellationToken);
    }

    public Task<Result<EditedStream>> PauseAsync(string id, CancellationToken cancellationToken) =>
        ReplaceAsync(id, record => record with { IsPaused = true }, static () => null, cancellationToken);

    /// <summary>Goes on after a pause; a stream that is not paused is tried again now.</summary>
    public Task<Result<EditedStream>> ResumeAsync(string id, CancellationToken cancellationToken) =>
        ReplaceAsync(id, record => record with { IsPaused = false }, static () => null, cancellationToken, () => keeper.RetryAsync(id));

    /// <summary>Null when it is gone, with its log and its claim. Its owner stops it.</summary>
    public async Task<ApiError?> RemoveAsync(string id, CancellationToken cancellationToken)
    {
        var removed = await InTurnAsync<StreamRecord>(async () =>
        {
            var record = await catalog.FindAsync(id, cancellationToken);
            var outcome = await catalog.RemoveAsync(id, cancellationToken);
            if (outcome != CatalogOutcome.Done)
            {
                return outcome == CatalogOutcome.Unknown ? StreamRegistry.NoSuchStream(id) : NobodyKnows;
            }

            if (keeper.Find(id) is not null)
            {
                await keeper.StopAsync(id, TimeSpan.Zero);
            }

            return record ?? new StreamRecord(id, "", IsPaused: false, Tenant: null, Revision: 0);
        }, cancellationToken);
        return removed.Error;
    }

    private Task<Result<EditedStream>> ReplaceAsync(
        string id, Func<StreamRecord, Result<StreamRecord>> change, Func<AdmissionAnswer?> judged, CancellationToken cancellationToken, Func<Task>? ifUnchanged = null) => InTurnAsync<EditedStream>(async () =>
    {
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            if (await catalog.FindAsync(id, cancellationToken) is not { } record)
            {
                return shared.Reachable ? StreamRegistry.NoSuchStream(id) : SharedStateErrors.Away("the stream was not changed.");
            }

            if (!change(record).TryGet(out var changed, out var error))
            {
                return error;
            }

            if (changed == record)
            {
                await (ifUnchanged?.Invoke() ?? Task.CompletedTask);
                return new EditedStream(record, judged());
            }

            switch (await catalog.ReplaceAsync(changed, cancellationToken))
            {
                case CatalogOutcome.Done:
                    changed = changed with { Revision = changed.Revision + 1 };
                    if (keeper.Find(id) is not null && logs.OwnerOf(id) is { } owner)
                    {
                        await keeper.RunAsync(changed, owner);
                    }

                    return new EditedStream(changed, judged());
                case CatalogOutcome.Unknown:
                    return StreamRegistry.NoSuchStream(id);
                case CatalogOutcome.Unavailable:
                    return NobodyKnows;
            }
        }

        return ApiError.Overloaded(1, $"The stream {id} is being changed by others all the time.");
    }, cancellationToken);

    /// <summary>Whose stream has it is not for everybody to know.</summary>
    private static ApiError NotAvailable(string id) => ApiError.Conflict("id", $"The id {id} is not available. Allowed: another id.");

    /// <summary>Held from judging a stream until it counts as present.</summary>
    private async Task<Result<T>> InTurnAsync<T>(Func<Task<Result<T>>> edit, CancellationToken cancellationToken)
        where T : class
    {
        await keeper.Turn.WaitAsync(cancellationToken);
        try
        {
            return await edit();
        }
        finally
        {
            keeper.Turn.Release();
        }
    }
}
