using System.Security.Cryptography;
using System.Text;
using DeltaEdge.ModelCompiler.Package;

namespace DeltaEdge.ModelCompiler.Compilation;

/// <summary>Content hash of everything a compiled model depends on: compiler version, options and every file read.</summary>
internal static class PackageHash
{
    public static string Compute(string packageDirectory, CompileOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append($"compiler {CompilerVersion.Current}; target {options.Target}; fold {options.Fold}; positions {options.MaxSequenceLength}");
        foreach (var file in ModelPackage.InputsOf(packageDirectory))
        {
            Append($"{file} {OfFile(Path.Combine(packageDirectory, file))}");
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Append(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
    }

    public static string OfFile(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (IOException e)
        {
            throw new ModelPackageException($"{path} cannot be read: {e.Message}", e);
        }
    }
}
