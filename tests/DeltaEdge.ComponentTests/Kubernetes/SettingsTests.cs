using DeltaEdge.Fabric;

namespace DeltaEdge.ComponentTests.Kubernetes;

/// <summary>Settings and secrets in the manifests are ones that the programs read.</summary>
public sealed class SettingsTests
{
    public static IEnumerable<TheoryDataRow<string>> Overlays => Overlay.Names;

    [Theory]
    [MemberData(nameof(Overlays))]
    public void EverySetting_IsAnOption(string overlay) => Assert.All(
        Overlay.Get(overlay).Workloads.Where(w => w.IsOurs).SelectMany(w => Settings(Overlay.Get(overlay), w)).Where(s => s.Key.StartsWith("DeltaEdge", StringComparison.OrdinalIgnoreCase)),
        setting => Assert.Null(OptionKeys.Problem(setting.Key, setting.Value)));

    [Theory]
    [MemberData(nameof(Overlays))]
    public void EveryRole_SharesStateThroughRedis(string overlay) => Assert.All(Overlay.Get(overlay).Workloads.Where(w => w.IsOurs), workload =>
    {
        var settings = Settings(Overlay.Get(overlay), workload).ToDictionary(s => s.Key, s => s.Value);
        Assert.Equal(nameof(FabricMode.Redis), settings["DeltaEdge__Fabric__Mode"]);
        Assert.EndsWith(",password=$(REDIS_PASSWORD)", settings["DeltaEdge__Fabric__ConnectionString"], StringComparison.Ordinal);
    });

    /// <summary>A worker refuses to listen beyond loopback without it.</summary>
    [Theory]
    [MemberData(nameof(Overlays))]
    public void GatewaysAndWorkers_HaveTheSameSecret(string overlay) => Assert.Equal(["gateway", "worker"], Overlay.Get(overlay).Workloads
        .Where(w => w.Container["env"].Items.Any(e => e["name"].Text == "DeltaEdge__Fabric__GatewaySecret" && e["valueFrom"]["secretKeyRef"]["key"].Text == "gateway-secret"))
        .Select(w => w.Role).Order());

    [Theory]
    [MemberData(nameof(Overlays))]
    public void VariablesInValues_ComeBeforeThem(string overlay) => Assert.All(Overlay.Get(overlay).Workloads, workload =>
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var variable in workload.Container["env"].Items)
        {
            Assert.All(
                System.Text.RegularExpressions.Regex.Matches(variable["value"].Text, @"\$\((\w+)\)").Select(m => m.Groups[1].Value),
                used => Assert.Contains(used, known));
            known.Add(variable["name"].Text);
        }
    });

    [Theory]
    [MemberData(nameof(Overlays))]
    public void ConfigMapsNamed_AreThere(string overlay)
    {
        var rendered = Overlay.Get(overlay);
        var maps = rendered.Of("ConfigMap").Select(m => m.Name).ToHashSet();
        Assert.All(
            rendered.Workloads.SelectMany(w => w.Container["envFrom"].Items.Select(e => e["configMapRef"]["name"]).Concat(w.Pod["volumes"].Items.Select(v => v["configMap"]["name"]))).Where(n => n.Exists),
            name => Assert.Contains(name.Text, maps));
    }

    /// <summary>Secrets are the operator's: made by k8s/secrets.sh, described in docs/kubernetes.md, never rendered.</summary>
    [Theory]
    [MemberData(nameof(Overlays))]
    public void Secrets_AreMadeByTheScriptAndDocumented_NeverCommitted(string overlay)
    {
        var rendered = Overlay.Get(overlay);
        Assert.Empty(rendered.Of("Secret"));
        var references = rendered.Workloads.SelectMany(w => w.Container["env"].Items).Select(e => e["valueFrom"]["secretKeyRef"]).Where(r => r.Exists).ToList();
        Assert.NotEmpty(references);
        Assert.All(references, reference =>
        {
            Assert.Contains($"generic {reference["name"].Text} ", Checkout.Read("k8s", "secrets.sh"), StringComparison.Ordinal);
            Assert.Contains($"--from-file={reference["key"].Text}=", Checkout.Read("k8s", "secrets.sh"), StringComparison.Ordinal);
            Assert.Contains($"`{reference["key"].Text}`", Checkout.Read("docs", "kubernetes.md"), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void ASettingThatNobodyReads_IsFound()
    {
        Assert.Null(OptionKeys.Problem("DeltaEdge__Engine__Providers__0", "cpu"));
        Assert.Null(OptionKeys.Problem("DeltaEdge__Sla__Classes__priority__DeadlineMs", "250"));
        Assert.NotNull(OptionKeys.Problem("DeltaEdge__Engine__Provider", "cpu"));
        Assert.NotNull(OptionKeys.Problem("DeltaEdge__Motor__Slots", "8"));
        Assert.NotNull(OptionKeys.Problem("DeltaEdge__Engine__Slots", "many"));
    }

    /// <summary>Environment of a pod, from its maps and its own list; what comes from a secret or the pod itself is text.</summary>
    private static IEnumerable<(string Key, string Value)> Settings(Overlay overlay, Workload workload) => workload.Container["envFrom"].Items
        .SelectMany(e => overlay.Of("ConfigMap").Single(m => m.Name == e["configMapRef"]["name"].Text).Body["data"].Pairs.Select(p => (p.Key, p.Value.Text)))
        .Concat(workload.Container["env"].Items.Select(e => (e["name"].Text, e["value"].Exists ? e["value"].Text : "text")));
}
