using DeltaEdge.Core.Quality;
using DeltaEdge.Core.Sla;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Worker.Hosting;
using DeltaEdge.Worker.Quality;

namespace DeltaEdge.Worker.Serving;

/// <summary>Puts around an engine what a worker keeps per model.</summary>
internal sealed class ServedModels(SlaCatalog classes, QualityOptions options, WorkerIdentity identity)
{
    public ServedModel Of(IVisionEngine engine)
    {
        var curves = new CurveBook(engine.Ladder, engine.Accuracy, classes, options.MaxLoss);
        return new ServedModel(engine, curves, new ProbeReservoir(engine.Ladder, curves, options), identity.WorkerId);
    }
}
