using DeltaEdge.Core.Quality;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Worker.Quality;

[OptionsValidator]
internal sealed partial class QualityOptionsValidator : IValidateOptions<QualityOptions>;
