using System.Text;
using Lambray.Functions.ExecutionEnvironments;
using Xunit;

namespace Lambray.Tests.Functions.ExecutionEnvironments;

public sealed class KeepingLogTails
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(10_000)]
    public void Keeps_the_last_four_kilobytes_however_they_come(int length)
    {
        var text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + i % 23))));
        foreach (var piece in new[] { 1, 7, 4096, 5000, 100_000 })
        {
            var tail = new LogTail();
            foreach (var chunk in text.Chunk(piece)) tail.Append(chunk);
            Assert.Equal(text[^Math.Min(length, 4096)..], tail.ToArray());
        }
    }
}
