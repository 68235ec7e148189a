using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace DeltaEdge.ComponentTests.Streams;

/// <summary>A web server on a free port that answers as a test wants.</summary>
internal static class LocalWeb
{
    public static async Task<WebApplication> StartAsync(Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(k => k.Limits.MinResponseDataRate = null);
        var web = builder.Build();
        map(web);
        await web.StartAsync();
        return web;
    }
}
