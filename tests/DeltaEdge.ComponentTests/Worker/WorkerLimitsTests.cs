using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DeltaEdge.ComponentTests.Worker;

public sealed class WorkerLimitsTests
{
    /// <summary>Under load a gateway's bodies stall; a worker that cut them off would blame a client that had sent everything.</summary>
    [Fact]
    public async Task BodyOfTheGateway_MayTakeItsTime()
    {
        var builder = WebApplication.CreateBuilder();
        builder.AddWorker();
        await using var app = builder.Build();

        Assert.Null(app.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits.MinRequestBodyDataRate);
    }
}
