using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace DeltaEdge.ComponentTests.Kubernetes;

/// <summary>Rules that every image keeps, and that its Dockerfile speaks of files, programs and ports that exist.</summary>
public sealed partial class DockerfileTests
{
    public static IEnumerable<TheoryDataRow<string>> Images => Dockerfile.Names.Select(n => new TheoryDataRow<string>(n));

    public static IEnumerable<TheoryDataRow<string>> Overlays => Overlay.Names;

    [Theory]
    [MemberData(nameof(Images))]
    public void BaseImages_ArePinned(string image)
    {
        var file = Dockerfile.Read(image);
        Assert.True(file.Stages.Count > 1, "One stage builds, another runs.");
        Assert.All(file.Stages, stage => Assert.Matches(PinnedImage(), stage.Image));
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void TheProgram_RunsAsANumberedUser(string image)
    {
        var final = Dockerfile.Read(image).Final;
        Assert.Equal("10001:10001", Assert.Single(final.Of("USER")));
        Assert.Equal(("USER", "ENTRYPOINT"), (final.Instructions[^2].Keyword, final.Instructions[^1].Keyword));
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void Sources_Exist(string image)
    {
        var file = Dockerfile.Read(image);
        var stages = file.Stages.Select(s => s.Name).ToHashSet();
        Assert.All(file.Stages.SelectMany(s => s.Of("COPY")), copy =>
        {
            var words = copy.Split(' ');
            if (words[0].StartsWith("--from=", StringComparison.Ordinal))
            {
                Assert.Contains(words[0]["--from=".Length..], stages);
                return;
            }

            Assert.All(words[..^1], source => Assert.True(Path.Exists(Path.Combine(Checkout.Root, source)), $"{source} is not in the repository."));
        });
    }

    /// <summary>What is published is a project, and what is started is the assembly that it makes.</summary>
    [Theory]
    [MemberData(nameof(Images))]
    public void TheEntryPoint_IsAPublishedProgram(string image)
    {
        var file = Dockerfile.Read(image);
        var assemblies = file.Stages.SelectMany(s => s.Of("RUN")).Select(r => PublishCommand().Match(r)).Where(m => m.Success).Select(m => AssemblyName(m.Groups[1].Value)).ToList();
        var entry = Assert.Single(file.Final.Of("ENTRYPOINT"));
        Assert.Contains(assemblies, name => entry == $"[\"dotnet\", \"{name}.dll\"]");
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void NoSecretAndNoProbe_IsBuiltIn(string image)
    {
        var file = Dockerfile.Read(image);
        Assert.Empty(file.Stages.SelectMany(s => s.Of("ARG").Concat(s.Of("HEALTHCHECK")).Concat(s.Of("ADD"))));
        Assert.DoesNotContain(file.Stages.SelectMany(s => s.Environment.Keys), k => SecretName().IsMatch(k));
    }

    /// <summary>The CPU worker holds the Debian packages that setup.sh installs, which are those that the tests ran with.</summary>
    [Fact]
    public void TheWorker_HoldsTheTestedPackages()
    {
        var tested = RunPackages().Match(Checkout.Read("eng", "setup.sh")).Groups[1].Value.Split(' ');
        var installed = Assert.Single(Dockerfile.Read("worker").Final.Of("RUN")).Split(' ');
        Assert.Empty(tested.Except(installed));
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Manifests_RunTheseImagesOnTheirPortsAndUsers(string overlay) => Assert.All(Overlay.Get(overlay).Workloads.Where(w => w.IsOurs), workload =>
    {
        var reference = workload.Container["image"].Text["deltaedge/".Length..].Split(':');
        Assert.Equal(Checkout.Version, reference[1]);
        Assert.Contains(reference[0], Dockerfile.Names);
        var final = Dockerfile.Read(reference[0]).Final;
        Assert.Equal([Assert.Single(final.Of("EXPOSE"))], workload.Ports.Values);
        Assert.Equal(final.Environment["ASPNETCORE_HTTP_PORTS"], workload.PortNumber("http"));
        Assert.Equal(Assert.Single(final.Of("USER")), $"{workload.Pod["securityContext"]["runAsUser"].Text}:{workload.Pod["securityContext"]["runAsGroup"].Text}");
        Assert.All(
            final.Environment.Where(e => e.Key.StartsWith("XDG_", StringComparison.Ordinal)),
            folder => Assert.Contains(workload.Container["volumeMounts"].Items, m => $"{folder.Value}/".StartsWith(m["mountPath"].Text + "/", StringComparison.Ordinal)));
    });

    private static string AssemblyName(string project)
    {
        var file = Path.Combine(Checkout.Root, project, Path.GetFileName(project) + ".csproj");
        Assert.True(File.Exists(file), $"{project} is no project.");
        return XDocument.Load(file).Descendants("AssemblyName").SingleOrDefault()?.Value ?? Path.GetFileName(project);
    }

    [GeneratedRegex("^[a-z0-9./-]+:[a-z0-9.-]*[0-9][a-z0-9.-]*$")]
    private static partial Regex PinnedImage();

    [GeneratedRegex("^dotnet publish (\\S+) ")]
    private static partial Regex PublishCommand();

    [GeneratedRegex("SECRET|PASSWORD|TOKEN|KEY", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    [GeneratedRegex("run_packages=\\(([^)]*)\\)")]
    private static partial Regex RunPackages();
}
