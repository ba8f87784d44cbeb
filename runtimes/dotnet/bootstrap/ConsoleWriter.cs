using System.Text;

namespace Lambray.DotNetRuntime;

/// <summary>The console as Lambda has it: each line that is written as one becomes a record of the log, all else goes out as it is.</summary>
sealed class ConsoleWriter(FunctionLog log, string level) : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => log.WriteRaw(value.ToString());

    public override void Write(string? value) => log.WriteRaw(value ?? "");

    public override void Write(char[] buffer, int index, int count) => log.WriteRaw(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => log.WriteRaw(new string(buffer));

    public override void WriteLine() => WriteLine("");

    public override void WriteLine(string? value) => log.Write(level, value);

    public override void WriteLine(object? value) => WriteLine(value?.ToString());

    public override void WriteLine(bool value) => WriteLine(value.ToString());

    public override void WriteLine(char value) => WriteLine(value.ToString());

    public override void WriteLine(char[]? buffer) => WriteLine(new string(buffer));

    public override void WriteLine(char[] buffer, int index, int count) => WriteLine(new string(buffer, index, count));

    public override void WriteLine(ReadOnlySpan<char> buffer) => WriteLine(new string(buffer));

    public override void WriteLine(int value) => WriteLine(value.ToString(FormatProvider));

    public override void WriteLine(uint value) => WriteLine(value.ToString(FormatProvider));

    public override void WriteLine(long value) => WriteLine(value.ToString(FormatProvider));

    public override void WriteLine(ulong value) => WriteLine(value.ToString(FormatProvider));

    public override void WriteLine(float value) => WriteLine(value.ToString(FormatProvider));

    public override void WriteLine(double value) => WriteLine(value.ToString(FormatProvider));

    public override void WriteLine(decimal value) => WriteLine(value.ToString(FormatProvider));

    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }
}
