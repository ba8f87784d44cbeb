using System.Runtime.InteropServices;

namespace Lambray.Daemon.Receiving;

/// <summary>The memory that segments wait in: as many buffers for one datagram each as the limit allows.</summary>
/// <remarks>One block outside of the collected heap. Of a buffer only the pages that a datagram ever reached take real memory.</remarks>
sealed unsafe partial class DatagramBuffers : IDisposable
{
    public const int BufferBytes = 64 * 1024;

    const int MegabytesMin = 3;
    const int BytesPerMegabyte = 1024 * 1024;
    const double ShareOfMachine = 0.01;
    const int PageBytes = 4096;

    // MADV_DONTNEED: what is read there next is zeroes.
    const int DoNotNeed = 4;

    readonly byte* memory;

    /// <exception cref="OutOfMemoryException">The machine does not promise that much.</exception>
    public DatagramBuffers(int megabytes)
    {
        Count = checked((int)((long)megabytes * BytesPerMegabyte / BufferBytes));
        memory = (byte*)NativeMemory.AlignedAlloc((nuint)Count * BufferBytes, PageBytes);
    }

    public int Count { get; }

    public Span<byte> this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count);
            return new Span<byte>(memory + ((long)index * BufferBytes), BufferBytes);
        }
    }

    /// <summary>What a configuration asks for, or a hundredth of the machine.</summary>
    /// <returns>Null when that is less than the daemon works with.</returns>
    public static int? Megabytes(int configured, long machineBytes)
    {
        var megabytes = configured > 0 ? configured : (int)(ShareOfMachine * machineBytes / BytesPerMegabyte);
        return megabytes < MegabytesMin ? null : megabytes;
    }

    /// <summary>Lets the machine have the memory of all buffers but one; none of them may be in use.</summary>
    public void GiveBackAllBut(int kept)
    {
        GiveBack(0, kept);
        GiveBack(kept + 1, Count);
    }

    public void Dispose() => NativeMemory.AlignedFree(memory);

    // Where that fails the memory is only kept.
    void GiveBack(int from, int to) => _ = Advise(memory + ((long)from * BufferBytes), (nuint)(to - from) * BufferBytes, DoNotNeed);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(byte* address, nuint length, int advice);
}
