using DeltaEdge.Imaging.Images;

namespace DeltaEdge.Imaging.Jpeg;

/// <summary>Turns an image upright, given EXIF's orientation.</summary>
internal static class Orienter
{
    /// <param name="image">As stored.</param>
    /// <param name="orientation">
    /// What to do to show it: 1 nothing, 2 mirror, 3 turn by 180°, 4 flip, 5 transpose, 6 turn right by 90°, 7 transverse, 8 turn left by 90°.
    /// </param>
    public static RgbImage Apply(RgbImage image, int orientation)
    {
        if (orientation == 1)
        {
            return image;
        }

        var swapsSides = orientation >= 5;
        var (width, height) = swapsSides ? (image.Height, image.Width) : (image.Width, image.Height);
        var mirrorsX = orientation is 2 or 3 or 7 or 8;
        var mirrorsY = orientation is 3 or 4 or 6 or 7;
        var from = image.Pixels;
        var to = GC.AllocateUninitializedArray<byte>(from.Length);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (sourceX, sourceY) = swapsSides ? (y, x) : (x, y);
                sourceX = mirrorsX ? image.Width - 1 - sourceX : sourceX;
                sourceY = mirrorsY ? image.Height - 1 - sourceY : sourceY;
                var source = ((sourceY * image.Width) + sourceX) * 3;
                var target = ((y * width) + x) * 3;
                to[target] = from[source];
                to[target + 1] = from[source + 1];
                to[target + 2] = from[source + 2];
            }
        }

        return new RgbImage(width, height, to);
    }
}
