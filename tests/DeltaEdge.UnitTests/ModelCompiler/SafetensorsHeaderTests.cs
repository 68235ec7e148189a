using System.Text;
using DeltaEdge.ModelCompiler;
using DeltaEdge.ModelCompiler.Safetensors;
using FsCheck;
using FsCheck.Fluent;

namespace DeltaEdge.UnitTests.ModelCompiler;

public sealed class SafetensorsHeaderTests
{
    private const string Valid = """{"__metadata__":{"format":"pt"},"a.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"b":{"dtype":"BF16","shape":[],"data_offsets":[24,26]}}""";

    [Fact]
    public void Valid_GivesTypesShapesAndPlaces()
    {
        var entries = Parse(Valid, dataLength: 26);
        Assert.Equal(["a.weight", "b"], entries.Keys.Order());
        Assert.Equal(StoredElement.F32, entries["a.weight"].Element);
        Assert.Equal([2, 3], entries["a.weight"].Shape);
        Assert.Equal(8 + Valid.Length, entries["a.weight"].Offset);
        Assert.Equal(8 + Valid.Length + 24, entries["b"].Offset);
        Assert.Equal(2, entries["b"].Length);
    }

    [Theory]
    [InlineData("""[1, 2]""", "expected an object")]
    [InlineData("""{"a": 3}""", "needs 'dtype'")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [1]}}""", "needs 'dtype'")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [1], "data_offsets": [0]}}""", "two 'data_offsets'")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [-1], "data_offsets": [0, 4]}}""", "dimension -1")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [1.5], "data_offsets": [0, 4]}}""", "dimension 1.5")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [2000000000, 2000000000], "data_offsets": [0, 4]}}""", "more than")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [1], "data_offsets": [4, 0]}}""", "outside")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [1], "data_offsets": [-4, 0]}}""", "outside")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [9], "data_offsets": [0, 36]}}""", "outside")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 99999999999999999999]}}""", "outside")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 4]}}""", "cannot take 4 bytes")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}, "a": {"dtype": "F32", "shape": [1], "data_offsets": [4, 8]}}""", "stands twice")]
    [InlineData("""{"\ud800": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}""", "not valid JSON")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}""", "not valid JSON")]
    public void Malformed_SaysWhatIsWrong(string json, string expected)
    {
        var error = Assert.Throws<ModelPackageException>(() => Parse(json, dataLength: 8));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("x.safetensors", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0UL, 4L)]
    [InlineData(ulong.MaxValue, 1000L)]
    [InlineData(993UL, 1000L)]
    [InlineData(100_000_001UL, 1L << 40)]
    public void LengthBeyondFile_IsRefused(ulong length, long fileLength) => Assert.Throws<ModelPackageException>(
        () => SafetensorsHeader.ReadLength(BitConverter.GetBytes(length), fileLength, "x.safetensors"));

    [Fact]
    public void AnyBytes_AreParsedOrRefusedByOneException() => Prop
        .ForAll<byte[]>(bytes => IsParsedOrRefused(bytes))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void AnyDamageToAValidHeader_IsParsedOrRefusedByOneException() => Prop
        .ForAll<(int Place, byte Value)[]>(damages =>
        {
            var bytes = Encoding.UTF8.GetBytes(Valid);
            foreach (var (place, value) in damages)
            {
                bytes[(int)((uint)place % bytes.Length)] = value;
            }

            return IsParsedOrRefused(bytes);
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    // What is parsed lies inside the file; anything but the one exception type fails the property.
    private static bool IsParsedOrRefused(byte[] json)
    {
        const int DataLength = 26;
        try
        {
            var fileLength = SafetensorsHeader.PrefixLength + json.Length + DataLength;
            return SafetensorsHeader.Parse(json, fileLength, "x.safetensors").Values
                .All(e => e.Offset >= SafetensorsHeader.PrefixLength + json.Length && e.Length >= 0 && e.Offset + e.Length <= fileLength);
        }
        catch (ModelPackageException)
        {
            return true;
        }
    }

    private static Dictionary<string, TensorEntry> Parse(string json, int dataLength)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        return SafetensorsHeader.Parse(bytes, SafetensorsHeader.PrefixLength + bytes.Length + dataLength, "x.safetensors");
    }
}
