using System.Text;

namespace Lambray.Functions.ExecutionEnvironments.ControlGroups;

/// <summary>A file of a control group that takes one of two words, kept open: it is written twice around every pause between invocations.</summary>
sealed class ControlGroupSwitch : IDisposable
{
    readonly Microsoft.Win32.SafeHandles.SafeFileHandle file;
    readonly byte[] on;
    readonly byte[] off;

    ControlGroupSwitch(string path, string on, string off) =>
        (file, this.on, this.off) = (File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite), Encoding.ASCII.GetBytes(on), Encoding.ASCII.GetBytes(off));

    /// <summary>Null when this kernel's groups have no such file.</summary>
    public static ControlGroupSwitch? Find(string group, string file, string on, string off)
    {
        var path = Path.Combine(group, file);
        return File.Exists(path) ? new ControlGroupSwitch(path, on, off) : null;
    }

    public void TurnOn() => Write(on);

    public void TurnOff() => Write(off);

    public void Dispose() => file.Dispose();

    void Write(byte[] word)
    {
        try
        {
            RandomAccess.Write(file, word, 0);
        }
        // The environment ended in this moment, and its group with it.
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
        }
    }
}
