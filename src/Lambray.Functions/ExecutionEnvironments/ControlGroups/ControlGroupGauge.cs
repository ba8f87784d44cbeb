using System.Buffers.Text;
using Microsoft.Win32.SafeHandles;

namespace Lambray.Functions.ExecutionEnvironments.ControlGroups;

/// <summary>A file of a control group that tells a number, kept open: it is read after every invocation.</summary>
sealed class ControlGroupGauge : IDisposable
{
    const int NumberBytesMax = 32;

    readonly SafeFileHandle file;

    ControlGroupGauge(SafeFileHandle file) => this.file = file;

    /// <summary>Null when this kernel's groups have no such file.</summary>
    public static ControlGroupGauge? Find(string group, string file)
    {
        var path = Path.Combine(group, file);
        return File.Exists(path) ? new ControlGroupGauge(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite)) : null;
    }

    /// <summary>Null when the group is gone.</summary>
    public long? Read()
    {
        try
        {
            Span<byte> text = stackalloc byte[NumberBytesMax];
            return Utf8Parser.TryParse(text[..RandomAccess.Read(file, text, 0)], out long number, out _) ? number : null;
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            return null;
        }
    }

    public void Dispose() => file.Dispose();
}
