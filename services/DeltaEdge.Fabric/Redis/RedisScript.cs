using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace DeltaEdge.Fabric.Redis;

/// <summary>A Lua script from an embedded file, <c>common.lua</c> before it, called by its hash; sent whole when the server does not know it (yet, or any more).</summary>
internal sealed class RedisScript
{
    private readonly string _text;
    private readonly byte[] _hash;

    private RedisScript(string name)
    {
        Name = name;
        _text = Read("common") + Read(name);
#pragma warning disable CA5350 // Redis names scripts by SHA-1.
        _hash = SHA1.HashData(Encoding.UTF8.GetBytes(_text));
#pragma warning restore CA5350
    }

    public static RedisScript ReadAll { get; } = new("read-all");

    public static RedisScript PublishReport { get; } = new("publish-report");

    public static RedisScript RemoveWorker { get; } = new("remove-worker");

    public static RedisScript PublishPlan { get; } = new("publish-plan");

    public static RedisScript ClaimStream { get; } = new("claim-stream");

    public static RedisScript ReleaseStream { get; } = new("release-stream");

    public static RedisScript FindOwner { get; } = new("find-owner");

    public static RedisScript RestoreClaims { get; } = new("restore-claims");

    public static RedisScript ChangeCatalog { get; } = new("change-catalog");

    public static RedisScript FindRecord { get; } = new("find-record");

    public static RedisScript RestoreCatalog { get; } = new("restore-catalog");

    public static RedisScript AppendAnswer { get; } = new("append-answer");

    public static RedisScript ReadLog { get; } = new("read-log");

    public static RedisScript HoldLeader { get; } = new("hold-leader");

    public static RedisScript ReleaseLeader { get; } = new("release-leader");

    public static RedisScript ReadKeys { get; } = new("read-keys");

    public static RedisScript PutKeys { get; } = new("put-keys");

    /// <summary>Name for logs and metrics.</summary>
    public string Name { get; }

    public async Task<RedisResult> RunAsync(IDatabase database, RedisKey root, RedisValue[] arguments)
    {
        RedisKey[] keys = [root];
        try
        {
            return await database.ScriptEvaluateAsync(_hash, keys, arguments);
        }
        catch (RedisServerException e) when (e.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            return await database.ScriptEvaluateAsync(_text, keys, arguments);
        }
    }

    private static string Read(string name)
    {
        using var stream = typeof(RedisScript).Assembly.GetManifestResourceStream($"{name}.lua")
            ?? throw new InvalidOperationException($"The script {name}.lua is not embedded.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
