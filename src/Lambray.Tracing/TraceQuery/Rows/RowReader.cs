using System.Buffers.Binary;
using System.Text;

namespace Lambray.Tracing.TraceQuery.Rows;

/// <summary>Reads what <see cref="RowWriter"/> wrote.</summary>
ref struct RowReader(ReadOnlySpan<byte> row)
{
    const int FirstKnown = 2;

    readonly ReadOnlySpan<byte> row = row;
    readonly List<string> texts = new(32);
    readonly List<ServiceId> services = new(16);
    int at;

    public byte Byte() => row[at++];

    public ulong Number()
    {
        ulong value = row[at++];
        if (value <= 0x7f) return value;
        value &= 0x7f;
        for (var shift = 7; ; shift += 7)
        {
            ulong next = row[at++];
            value |= (next & 0x7f) << shift;
            if (next <= 0x7f) return value;
        }
    }

    public int Count() => (int)Number();

    /// <summary>Of a list of which each item takes a byte at least.</summary>
    public int Length()
    {
        var length = Count();
        return length >= 0 && length <= row.Length - at ? length : throw new InvalidDataException("A list in a row of the trace index is longer than the row.");
    }

    public double Double()
    {
        var value = BinaryPrimitives.ReadDoubleLittleEndian(row[at..]);
        at += sizeof(double);
        return value;
    }

    public double Seconds() => Number() / 1e6;

    public string? Text() => Count() switch
    {
        0 => null,
        1 => NewText(),
        var known => Known(known - FirstKnown),
    };

    public string NeededText() => Text() ?? throw new InvalidDataException("A row of the trace index lacks a name.");

    public IReadOnlyList<string> Texts()
    {
        var count = Length();
        if (count == 0) return [];
        var list = new string[count];
        for (var index = 0; index < count; index++) list[index] = NeededText();
        return list;
    }

    public ServiceId Service()
    {
        var known = Count();
        if (known >= FirstKnown) return services[known - FirstKnown];
        var service = new ServiceId(NeededText(), Text(), Text());
        services.Add(service);
        return service;
    }

    public IReadOnlyList<ServiceId> Services()
    {
        var list = new ServiceId[Length()];
        for (var index = 0; index < list.Length; index++) list[index] = Service();
        return list;
    }

    string Known(int number) => number < UsualTexts.All.Length ? UsualTexts.All[number] : texts[number - UsualTexts.All.Length];

    string NewText()
    {
        var length = Length();
        var text = Encoding.UTF8.GetString(row.Slice(at, length));
        at += length;
        texts.Add(text);
        return text;
    }
}
