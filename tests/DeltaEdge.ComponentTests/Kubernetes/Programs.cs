using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DeltaEdge.ComponentTests.Kubernetes;

/// <summary>The programs that the images hold, and every assembly of ours that they load.</summary>
internal static class Programs
{
    public static IReadOnlyList<Assembly> Assemblies { get; } = [.. Directory.EnumerateFiles(AppContext.BaseDirectory, "DeltaEdge.*.dll")
        .Where(f => !Path.GetFileName(f).Contains("Tests", StringComparison.Ordinal))
        .Select(Assembly.LoadFrom)];

    /// <summary>Longest that a role's host takes to stop, as it is configured by default.</summary>
    public static double ShutdownSeconds(string role)
    {
        var builder = WebApplication.CreateBuilder();
        _ = role switch
        {
            "worker" => builder.AddWorker(),
            "gateway" => builder.AddGateway(),
            _ => builder,
        };
        using var app = builder.Build();
        return app.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout.TotalSeconds;
    }
}
