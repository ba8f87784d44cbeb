using System.Text;

namespace Lambray.Tests.Functions.Registry;

/// <summary>A zip as an attacker would write it, byte by byte: names, sizes and kinds that no tool would produce.</summary>
/// <param name="DeclaredSize">What it claims to unpack to; null is honest.</param>
/// <param name="Mode">Unix file type and permissions.</param>
public sealed record HostileEntry(string Name, string Text = "x", long? DeclaredSize = null, int Mode = 0x81A4)
{
    public const int Link = 0xA1FF;
}

public static class HostileZip
{
    const ushort Zip64 = 45;
    const uint InZip64Field = 0xFFFFFFFF;

    public static byte[] Of(params HostileEntry[] entries)
    {
        var zip = new MemoryStream();
        using var writer = new BinaryWriter(zip);
        var directory = new MemoryStream();
        using var listing = new BinaryWriter(directory);
        foreach (var entry in entries)
        {
            var offset = (uint)zip.Position;
            writer.Write(0x04034b50u);
            WriteCommon(writer, entry);
            writer.Write(Encoding.UTF8.GetBytes(entry.Name));
            writer.Write(Size(entry));
            writer.Write(Encoding.UTF8.GetBytes(entry.Text));

            listing.Write(0x02014b50u);
            listing.Write((ushort)(3 << 8 | Zip64));
            WriteCommon(listing, entry);
            listing.Write((ushort)0);
            listing.Write((ushort)0);
            listing.Write((ushort)0);
            listing.Write((uint)entry.Mode << 16);
            listing.Write(offset);
            listing.Write(Encoding.UTF8.GetBytes(entry.Name));
            listing.Write(Size(entry));
        }
        var start = (uint)zip.Position;
        writer.Write(directory.ToArray());
        writer.Write(0x06054b50u);
        writer.Write(0u);
        writer.Write((ushort)entries.Length);
        writer.Write((ushort)entries.Length);
        writer.Write((uint)directory.Length);
        writer.Write(start);
        writer.Write((ushort)0);
        return zip.ToArray();
    }

    // Version needed, flags, stored, time, date, checksum (unchecked: 0), sizes, lengths.
    static void WriteCommon(BinaryWriter writer, HostileEntry entry)
    {
        writer.Write(Zip64);
        writer.Write((ushort)0x0800);
        writer.Write((ushort)0);
        writer.Write(0x00210000u);
        writer.Write(0u);
        writer.Write((uint)Encoding.UTF8.GetByteCount(entry.Text));
        writer.Write(InZip64Field);
        writer.Write((ushort)Encoding.UTF8.GetByteCount(entry.Name));
        writer.Write((ushort)Size(entry).Length);
    }

    // The Zip64 field: its tag, its length, the size when unpacked.
    static byte[] Size(HostileEntry entry) =>
        [1, 0, 8, 0, .. BitConverter.GetBytes(entry.DeclaredSize ?? Encoding.UTF8.GetByteCount(entry.Text))];
}
