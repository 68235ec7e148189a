using System.Globalization;
using DeltaEdge.Inference.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DeltaEdge.ComponentTests.Kubernetes;

/// <summary>Every pod: probes that the program answers, limits, the restricted security profile, time to drain.</summary>
public sealed class PodTests
{
    public static IEnumerable<TheoryDataRow<string>> Overlays => Overlay.Names;

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Probes_AreAnswered(string overlay)
    {
        var served = ServedPaths();
        Assert.All(Overlay.Get(overlay).Workloads, workload => Assert.All((string[])["startupProbe", "readinessProbe", "livenessProbe"], kind =>
        {
            var probe = workload.Container[kind];
            if (workload.IsOurs)
            {
                Assert.Contains(probe["httpGet"]["path"].Text, served);
                Assert.NotEmpty(workload.PortNumber(probe["httpGet"]["port"].Text));
            }
            else
            {
                Assert.NotEmpty(probe["exec"]["command"].Items);
            }
        }));
    }

    /// <summary>Live must not ask what ready asks, or a worker without Redis would be killed for it.</summary>
    [Theory]
    [MemberData(nameof(Overlays))]
    public void Readiness_IsNotLiveness(string overlay) => Assert.All(Overlay.Get(overlay).Workloads.Where(w => w.IsOurs), workload =>
    {
        Assert.Equal("/healthz/ready", workload.Container["readinessProbe"]["httpGet"]["path"].Text);
        Assert.Equal("/healthz/live", workload.Container["livenessProbe"]["httpGet"]["path"].Text);
    });

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Resources_AreRequestedAndLimited(string overlay) => Assert.All(Overlay.Get(overlay).Workloads, workload =>
        Assert.All((string[])["requests", "limits"], side => Assert.All((string[])["cpu", "memory"], resource =>
            Assert.NotEmpty(workload.Container["resources"][side][resource].Text))));

    /// <summary>Pod Security Standards, profile `restricted`, and a root file system that cannot be written.</summary>
    [Theory]
    [MemberData(nameof(Overlays))]
    public void Pods_KeepTheRestrictedProfile(string overlay)
    {
        Assert.Equal("restricted", Overlay.Get(overlay).Of("Namespace").Single().Labels["pod-security.kubernetes.io/enforce"]);
        Assert.All(Overlay.Get(overlay).Workloads, workload =>
        {
            var pod = workload.Pod["securityContext"];
            Assert.Equal("true", pod["runAsNonRoot"].Text);
            Assert.NotEqual(0, int.Parse(pod["runAsUser"].Text, CultureInfo.InvariantCulture));
            Assert.Equal("RuntimeDefault", pod["seccompProfile"]["type"].Text);
            var container = workload.Container["securityContext"];
            Assert.Equal("false", container["allowPrivilegeEscalation"].Text);
            Assert.Equal("true", container["readOnlyRootFilesystem"].Text);
            Assert.Equal(["ALL"], container["capabilities"]["drop"].Texts);
            Assert.Equal("false", workload.Pod["automountServiceAccountToken"].Text);
            Assert.False(workload.Pod["hostNetwork"].Exists);
            Assert.DoesNotContain(workload.Pod["volumes"].Items, v => v["hostPath"].Exists);
        });
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void ServiceAccounts_AreThereAndHoldNoToken(string overlay) => Assert.All(Overlay.Get(overlay).Workloads, workload =>
        Assert.Equal("false", Overlay.Get(overlay).Of("ServiceAccount").Single(a => a.Name == workload.Pod["serviceAccountName"].Text).Body["automountServiceAccountToken"].Text));

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Mounts_HaveVolumes(string overlay) => Assert.All(Overlay.Get(overlay).Workloads, workload =>
    {
        var volumes = workload.Pod["volumes"].Items.Select(v => v["name"].Text)
            .Concat(workload.Manifest.Spec["volumeClaimTemplates"].Items.Select(c => c["metadata"]["name"].Text)).ToList();
        Assert.Equal(volumes.Order(), workload.Container["volumeMounts"].Items.Select(m => m["name"].Text).Order());
        Assert.Contains("/tmp", workload.Container["volumeMounts"].Items.Select(m => m["mountPath"].Text));
        Assert.All(
            workload.Pod["volumes"].Items.Select(v => v["persistentVolumeClaim"]["claimName"]).Where(c => c.Exists),
            claim => Assert.Contains(Overlay.Get(overlay).Of("PersistentVolumeClaim"), c => c.Name == claim.Text));
    });

    /// <summary>preStop, then the host's own limit for stopping, then the engine's for what runs: a kill comes after all of them.</summary>
    [Theory]
    [MemberData(nameof(Overlays))]
    public void GracePeriod_IsLongerThanDraining(string overlay) => Assert.All(Overlay.Get(overlay).Workloads.Where(w => w.IsOurs), workload =>
    {
        _ = double.TryParse(workload.Container["lifecycle"]["preStop"]["sleep"]["seconds"].Text, CultureInfo.InvariantCulture, out var preStop);
        var drain = preStop + Programs.ShutdownSeconds(workload.Role) + (workload.Role == "worker" ? new EngineOptions().DrainMs / 1000.0 : 0);
        Assert.True(
            double.Parse(workload.Pod["terminationGracePeriodSeconds"].Text, CultureInfo.InvariantCulture) > drain,
            $"{workload} may need {drain} s to drain and is killed before.");
    });

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Updates_KeepEnoughRunning(string overlay) => Assert.All(Overlay.Get(overlay).Workloads.Where(w => w.IsOurs), workload =>
    {
        Assert.True(LabelSelector.Takes(workload.Pod["topologySpreadConstraints"].Items.Single()["labelSelector"], workload.Labels));
        if (workload.Manifest.Kind == "Deployment")
        {
            Assert.Equal("0", workload.Manifest.Spec["strategy"]["rollingUpdate"]["maxUnavailable"].Text);
        }
        else
        {
            Assert.Equal("RollingUpdate", workload.Manifest.Spec["updateStrategy"]["type"].Text);
        }
    });

    /// <summary>Paths of the endpoints that every host maps.</summary>
    private static HashSet<string> ServedPaths()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddDeltaEdgeTelemetry();
        using var app = builder.Build();
        app.MapHealth();
        app.MapMetrics();
        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText!)];
    }
}
