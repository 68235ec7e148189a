using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using System.Text;
using DeltaEdge.Core.Models;

namespace DeltaEdge.Cli.Bench;

/// <summary>What a bench measures. Kept with the plan, so that the results of one system never stand for another's.</summary>
/// <param name="System">Address of a gateway with what it serves, or an embedded system's model with a check sum of its package.</param>
/// <param name="Program">Check sum of the programs that an embedded system is.</param>
/// <param name="Settings">Check sum of the settings that an embedded system takes from the environment.</param>
/// <param name="Frames">Check sum of the images, their questions and the truth.</param>
internal sealed record BenchSubject(string System, string Program, string Settings, string Frames)
{
    private const string None = "none";

    /// <param name="gateway">Address.</param>
    /// <param name="serves">Its models and policies, in words.</param>
    /// <param name="frames">What is asked about.</param>
    public static BenchSubject Running(Uri gateway, string serves, ImmutableArray<BenchFrame> frames) => new($"{gateway} ({serves})", None, None, SumOf(frames));

    /// <param name="package">Folder of the model package.</param>
    /// <param name="environment">Where the settings come from.</param>
    /// <param name="frames">What is asked about.</param>
    /// <param name="workers">Workers of a cluster of processes; null for all in one.</param>
    /// <exception cref="ManifestException">The package's manifest cannot be used.</exception>
    public static BenchSubject Embedded(string package, IConfiguration environment, ImmutableArray<BenchFrame> frames, int? workers = null) =>
        new($"{ModelManifest.Read(package).Name} ({SumOf(package)}){(workers is null ? "" : $", a cluster of {workers}")}", SumOfPrograms(), SumOf(environment), SumOf(frames));

    /// <summary>What is another here than in <paramref name="kept"/>, in words; null if nothing is.</summary>
    public string? DifferenceFrom(BenchSubject kept)
    {
        (string What, string Then, string Now)[] parts =
            [("system", kept.System, System), ("program", kept.Program, Program), ("settings in the environment", kept.Settings, Settings), ("frames", kept.Frames, Frames)];
        return kept == this ? null : string.Join("; ", parts.Where(p => p.Then != p.Now).Select(p => $"{p.What}: {p.Then} then, {p.Now} now"));
    }

    /// <summary>Builds of the same sources give the same module ids.</summary>
    private static string SumOfPrograms() => Sum(hash =>
    {
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory, "DeltaEdge.*.dll").Append(typeof(BenchSubject).Assembly.Location).Order(StringComparer.Ordinal))
        {
            using var module = new PEReader(File.OpenRead(file));
            var metadata = module.GetMetadataReader();
            Add(hash, metadata.GetGuid(metadata.GetModuleDefinition().Mvid).ToString());
        }
    });

    private static string SumOf(string package) => Sum(hash =>
    {
        foreach (var file in Directory.EnumerateFiles(package).Where(f => Path.GetExtension(f) is ".json" or ".safetensors").Order(StringComparer.Ordinal))
        {
            using var content = File.OpenRead(file);
            Add(hash, Path.GetFileName(file));
            hash.AppendData(SHA256.HashData(content));
        }
    });

    private static string SumOf(IConfiguration environment)
    {
        var settings = environment.GetSection("DeltaEdge").AsEnumerable().Where(s => s.Value is not null).OrderBy(s => s.Key, StringComparer.OrdinalIgnoreCase).ToList();
        return settings.Count == 0 ? None : Sum(hash => settings.ForEach(s => Add(hash, $"{s.Key.ToUpperInvariant()}={s.Value}")));
    }

    private static string SumOf(ImmutableArray<BenchFrame> frames) => Sum(hash =>
    {
        foreach (var frame in frames)
        {
            hash.AppendData(SHA256.HashData(frame.Base64));
            foreach (var question in frame.Questions)
            {
                Add(hash, question.ToString());
            }
        }
    });

    /// <summary>Enough of SHA-256 to tell things apart, and nothing of the settings themselves, which may be secrets.</summary>
    private static string Sum(Action<IncrementalHash> add)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        add(hash);
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private static void Add(IncrementalHash hash, string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
}
