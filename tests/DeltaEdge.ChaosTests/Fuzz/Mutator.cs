using System.Text;

namespace DeltaEdge.ChaosTests.Fuzz;

/// <summary>Seeded mutations of bytes: the same seed always gives the same inputs.</summary>
internal sealed class Mutator(int seed)
{
    /// <summary>Texts that parsers have stumbled over before: limits of numbers, nesting, encodings, control characters, paths.</summary>
    private static readonly string[] Spices =
    [
        "null", "true", "[]", "{}", "\"\"", "-1", "0", "1e999", "-1e-999", "9223372036854775808", "1.7976931348623159e308", "NaN", "1e400",
        "\"\\u0000\"", "\"\\ud800\"", "\"" + "A" + new string('9', 5000) + "\"", new string('[', 400), "{\"a\":" + new string('[', 200), "\u202e", "\0", "\r\n\r\n", "%00", "../../etc/passwd",
        "data:image/png;base64,", "data:image/jpeg;base64,AAAA", "http://169.254.169.254/", "file:///etc/passwd", "'; --", "${jndi}", "\ufeff",
    ];

    private readonly Random _random = new(seed);

    public int Below(int end) => _random.Next(end);

    public T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    /// <summary>One to four mutations of a copy.</summary>
    public byte[] Mutate(byte[] original, IReadOnlyList<byte[]> others)
    {
        var bytes = original;
        for (var times = _random.Next(1, 5); times > 0 && bytes.Length > 0; times--)
        {
            bytes = Once(bytes, others);
        }

        return bytes;
    }

    /// <summary>A text whose bytes were mutated; what is no UTF-8 any more stays as it is in the bytes.</summary>
    public byte[] Mutate(string original) => Mutate(Encoding.UTF8.GetBytes(original), []);

    private byte[] Once(byte[] bytes, IReadOnlyList<byte[]> others)
    {
        var at = _random.Next(bytes.Length);
        switch (_random.Next(8))
        {
            case 0:
                return bytes[..at];
            case 1:
                return Flip(bytes, Math.Min(bytes.Length, 64), _random.Next(1, 4));
            case 2:
                return Flip(bytes, bytes.Length, _random.Next(1, 40));
            case 3:
                return [.. bytes.AsSpan(0, at), .. Encoding.UTF8.GetBytes(Pick(Spices)), .. bytes.AsSpan(at)];
            case 4:
                // In place of a piece, such as a number or a string of JSON.
                var end = Math.Min(bytes.Length, at + _random.Next(1, 24));
                return [.. bytes.AsSpan(0, at), .. Encoding.UTF8.GetBytes(Pick(Spices)), .. bytes.AsSpan(end)];
            case 5 when others.Count > 0:
                var other = Pick(others);
                return [.. bytes.AsSpan(0, at), .. other.AsSpan(_random.Next(other.Length))];
            case 6:
                // A piece twice.
                var length = Math.Min(bytes.Length - at, _random.Next(1, 200));
                return [.. bytes.AsSpan(0, at + length), .. bytes.AsSpan(at)];
            default:
                // Without a piece.
                return [.. bytes.AsSpan(0, at), .. bytes.AsSpan(Math.Min(bytes.Length, at + _random.Next(1, 32)))];
        }
    }

    private byte[] Flip(byte[] bytes, int within, int times)
    {
        var copy = bytes.ToArray();
        for (var i = 0; i < times; i++)
        {
            copy[_random.Next(within)] = _random.Next(3) switch { 0 => 0xFF, 1 => 0, _ => (byte)_random.Next(256) };
        }

        return copy;
    }
}
