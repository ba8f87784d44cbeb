namespace Lambray.Daemon.Logging;

/// <summary>A log file that is put aside as <c>NAME.1</c> when it has grown to 50 MB, in the place of the one before.</summary>
sealed class LogFile(string path, bool rotates, long bytesMax = LogFile.BytesMax) : Stream
{
    const long BytesMax = 50 * 1024 * 1024;

    FileStream file = Open(path);

    public override bool CanWrite => true;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Writes whole lines: between two of them the file may be changed.</summary>
    public override void Write(ReadOnlySpan<byte> lines)
    {
        if (rotates && file.Length + lines.Length > bytesMax && file.Length > 0) PutAside();
        file.Write(lines);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => file.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        file.Dispose();
        base.Dispose(disposing);
    }

    void PutAside()
    {
        file.Dispose();
        File.Move(path, path + ".1", overwrite: true);
        file = Open(path);
    }

    // Unbuffered: a line is in the file when it has been written. Others may read it, move it or remove it.
    static FileStream Open(string path) => new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
}
