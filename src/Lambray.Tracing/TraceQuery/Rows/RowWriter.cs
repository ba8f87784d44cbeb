using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Lambray.Tracing.TraceQuery.Rows;

/// <summary>Writes small numbers in few bytes, and each text and service once: the second time it is the number of the first.</summary>
/// <remarks>
/// A number is written seven bits a byte, the lowest first, the eighth bit saying that more follow. A text is the number 0 for none, 1 with
/// its length and bytes the first time, from 2 on for the usual texts and those that the row has had; a service is 1 with its three texts the
/// first time, from 2 on for those that the row has had.
/// </remarks>
sealed class RowWriter
{
    const int FirstKnown = 2;

    readonly ArrayBufferWriter<byte> row = new(512);
    readonly Dictionary<string, int> texts = new(32, StringComparer.Ordinal);

    // One summary has one object for each service; a second one, should there be any, costs a few bytes.
    readonly Dictionary<object, int> services = new(16, ReferenceEqualityComparer.Instance);

    public ReadOnlyMemory<byte> Written => row.WrittenMemory;

    public void Byte(byte value)
    {
        row.GetSpan(1)[0] = value;
        row.Advance(1);
    }

    public void Number(ulong value)
    {
        var span = row.GetSpan(10);
        var length = 0;
        while (value > 0x7f)
        {
            span[length++] = (byte)(value | 0x80);
            value >>= 7;
        }
        span[length++] = (byte)value;
        row.Advance(length);
    }

    public void Count(int count) => Number((ulong)count);

    public void Double(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(row.GetSpan(sizeof(double)), value);
        row.Advance(sizeof(double));
    }

    /// <summary>To the microsecond, as times of segments are told apart.</summary>
    public void Seconds(double value) => Number((ulong)Math.Round(value * 1e6));

    public void Text(string? text)
    {
        if (text is null)
        {
            Count(0);
            return;
        }
        if (UsualTexts.Numbers.TryGetValue(text, out var known) || texts.TryGetValue(text, out known))
        {
            Count(known + FirstKnown);
            return;
        }
        texts[text] = UsualTexts.All.Length + texts.Count;
        Count(1);
        var length = Encoding.UTF8.GetByteCount(text);
        Count(length);
        Encoding.UTF8.GetBytes(text, row.GetSpan(length));
        row.Advance(length);
    }

    public void Texts(IReadOnlyList<string> list)
    {
        Count(list.Count);
        foreach (var text in list) Text(text);
    }

    public void Service(ServiceId service)
    {
        if (services.TryGetValue(service, out var known))
        {
            Count(known + FirstKnown);
            return;
        }
        services[service] = services.Count;
        Count(1);
        Text(service.Name);
        Text(service.Type);
        Text(service.AccountId);
    }

    public void Services(IReadOnlyList<ServiceId> list)
    {
        Count(list.Count);
        foreach (var service in list) Service(service);
    }
}
