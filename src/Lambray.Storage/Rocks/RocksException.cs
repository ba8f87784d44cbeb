using System.Runtime.InteropServices;

namespace Lambray.Storage.Rocks;

/// <summary>The disk failed, or what is on it is damaged: in RocksDB's words.</summary>
public sealed class RocksException(string message) : IOException(message)
{
    internal static void ThrowIf(nint error)
    {
        if (error == 0) return;
        var message = Marshal.PtrToStringUTF8(error) ?? "RocksDB failed.";
        RocksNative.Free(error);
        throw new RocksException(message);
    }
}
