using DeltaEdge.Gateway.Access;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Gateway.Dashboard;

/// <summary>The live page's files, or a word on how to get them.</summary>
internal static class PageEndpoints
{
    public static void MapPage(this WebApplication app)
    {
        var folder = Path.GetFullPath(app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value.PageFolder, AppContext.BaseDirectory);
        if (!File.Exists(Path.Combine(folder, "index.html")))
        {
            app.MapGet("/", () => TypedResults.Text("DeltaEdge is running. Its live page is not built: run 'make dashboard', then start again.\nThe fleet's state: /v1/status\n"))
                .WithMetadata(new RouteAccess(RouteAccess.Audience.Everyone));
            return;
        }

        var files = new PhysicalFileProvider(folder);
        app.Lifetime.ApplicationStopped.Register(files.Dispose);
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.UseStaticFiles(new StaticFileOptions { FileProvider = files, OnPrepareResponse = SetCaching });
    }

    /// <summary>Built assets carry a hash of their content in their names; everything else is asked for again.</summary>
    private static void SetCaching(Microsoft.AspNetCore.StaticFiles.StaticFileResponseContext file) =>
        file.Context.Response.Headers.CacheControl = file.Context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal)
            ? "public, max-age=31536000, immutable"
            : "no-cache";
}
