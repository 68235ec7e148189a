using DeltaEdge.Imaging.Decoding;
using DeltaEdge.Imaging.Images;

namespace DeltaEdge.UnitTests.Imaging;

/// <summary>Reads tests/fixtures/imaging, which make.py there made.</summary>
internal static class ImageFixtures
{
    private static readonly string Root = Repository.PathOf("tests", "fixtures", "imaging");

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Root, name));

    public static RgbImage Decode(string name) => Decode(Bytes(name));

    public static RgbImage Decode(byte[] data, int targetSide = 0)
    {
        var result = ImageDecoder.Decode(data, ImageLimits.Default, targetSide);
        Assert.Null(result.Error);
        return result.Value!;
    }

    public static int MaxDifference(RgbImage expected, RgbImage actual)
    {
        Assert.Equal((expected.Width, expected.Height), (actual.Width, actual.Height));
        var worst = 0;
        for (var i = 0; i < expected.Pixels.Length; i++)
        {
            worst = Math.Max(worst, Math.Abs(expected.Pixels[i] - actual.Pixels[i]));
        }

        return worst;
    }
}
