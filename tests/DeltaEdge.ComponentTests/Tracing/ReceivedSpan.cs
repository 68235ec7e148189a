using System.Globalization;
using Google.Protobuf;

namespace DeltaEdge.ComponentTests.Tracing;

/// <summary>A span as it came over the wire; ids in hexadecimal, no parent is empty.</summary>
internal sealed record ReceivedSpan(string TraceId, string Id, string ParentId, string Name, DateTimeOffset Start, DateTimeOffset End, IReadOnlyDictionary<string, string> Attributes)
{
    private const int NanosecondsPerTick = 100;

    /// <summary>Reads what <c>/v1/traces</c> is sent: resources hold scopes, scopes hold spans. Numbers are those of OpenTelemetry's trace.proto.</summary>
    public static List<ReceivedSpan> ReadAll(byte[] body) =>
        [.. from resource in Messages(body, 1) from scope in Messages(resource, 2) from span in Messages(scope, 2) select Read(span)];

    private static ReceivedSpan Read(byte[] message)
    {
        var (trace, id, parent, name) = ("", "", "", "");
        var (start, end) = (0UL, 0UL);
        var attributes = new Dictionary<string, string>();
        var input = new CodedInputStream(message);
        while (input.ReadTag() is not 0 and var tag)
        {
            switch (tag >> 3)
            {
                case 1: trace = Hex(input); break;
                case 2: id = Hex(input); break;
                case 4: parent = Hex(input); break;
                case 5: name = input.ReadString(); break;
                case 7: start = input.ReadFixed64(); break;
                case 8: end = input.ReadFixed64(); break;
                case 9: AddAttribute(attributes, input.ReadBytes().ToByteArray()); break;
                default: input.SkipLastField(); break;
            }
        }

        return new(trace, id, parent, name, Time(start), Time(end), attributes);
    }

    private static void AddAttribute(Dictionary<string, string> attributes, byte[] message)
    {
        var (key, value) = ("", "");
        var input = new CodedInputStream(message);
        while (input.ReadTag() is not 0 and var tag)
        {
            (key, value) = tag >> 3 == 1 ? (input.ReadString(), value) : (key, Value(input.ReadBytes().ToByteArray()));
        }

        attributes[key] = value;
    }

    private static string Value(byte[] message)
    {
        var input = new CodedInputStream(message);
        return (input.ReadTag() >> 3) switch
        {
            1 => input.ReadString(),
            2 => input.ReadBool() ? "true" : "false",
            3 => input.ReadInt64().ToString(CultureInfo.InvariantCulture),
            4 => input.ReadDouble().ToString(CultureInfo.InvariantCulture),
            _ => "",
        };
    }

    private static List<byte[]> Messages(byte[] message, int field)
    {
        var found = new List<byte[]>();
        var input = new CodedInputStream(message);
        while (input.ReadTag() is not 0 and var tag)
        {
            if (tag >> 3 == field)
            {
                found.Add(input.ReadBytes().ToByteArray());
            }
            else
            {
                input.SkipLastField();
            }
        }

        return found;
    }

    private static string Hex(CodedInputStream input) => Convert.ToHexString(input.ReadBytes().Span);

    private static DateTimeOffset Time(ulong nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks((long)(nanoseconds / NanosecondsPerTick));
}
