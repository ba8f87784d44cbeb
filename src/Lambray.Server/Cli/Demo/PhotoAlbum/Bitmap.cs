using System.Buffers.Binary;

namespace Lambray.Server.Cli.Demo.PhotoAlbum;

/// <summary>Draws pictures to upload, as Windows's bitmaps of 24 bits a pixel.</summary>
static class Bitmap
{
    const int HeaderBytes = 54;
    const int InfoBytes = 40;
    const int BytesPerPixel = 3;

    /// <summary>An evening sky over the sea.</summary>
    public static byte[] Evening(int width, int height)
    {
        var rowBytes = (width * BytesPerPixel + 3) & ~3;
        var file = new byte[HeaderBytes + rowBytes * height];
        WriteHeader(file, width, height);
        for (var row = 0; row < height; row++)
        {
            // Rows come from the bottom.
            var up = (double)row / height;
            for (var column = 0; column < width; column++)
            {
                var pixel = file.AsSpan(HeaderBytes + row * rowBytes + column * BytesPerPixel, BytesPerPixel);
                var sun = Math.Max(0, 1 - Math.Sqrt(Math.Pow(column - width / 2.0, 2) + Math.Pow(row - height * 0.55, 2)) / (height * 0.2));
                var (blue, green, red) = up < 0.4 ? (90 + 120 * up, 40 + 100 * up, 30 + 60 * up) : (60 + 120 * up, 90 + 60 * up, 250 - 140 * up);
                (pixel[0], pixel[1], pixel[2]) = (Level(blue + 80 * sun), Level(green + 150 * sun), Level(red + 200 * sun));
            }
        }
        return file;
    }

    static void WriteHeader(Span<byte> file, int width, int height)
    {
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file[2..], file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file[10..], HeaderBytes);
        BinaryPrimitives.WriteInt32LittleEndian(file[14..], InfoBytes);
        BinaryPrimitives.WriteInt32LittleEndian(file[18..], width);
        BinaryPrimitives.WriteInt32LittleEndian(file[22..], height);
        BinaryPrimitives.WriteInt16LittleEndian(file[26..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(file[28..], BytesPerPixel * 8);
    }

    static byte Level(double value) => (byte)Math.Clamp(value, 0, 255);
}
