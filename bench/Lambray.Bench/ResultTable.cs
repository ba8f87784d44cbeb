using System.Globalization;

namespace Lambray.Bench;

/// <summary>Prints each result as it comes, with its ratio to the floor.</summary>
sealed class ResultTable(TextWriter output)
{
    const double BytesPerMegabyte = 1024 * 1024;

    WarmRow? floor;

    public Task WriteHeadAsync() => WriteAsync(
        $"{"Warm",-28}{"p50",9}{"p99",10}{"p50/floor",11}{"CPU",9}  {string.Concat(WarmRow.Connections.Select(count => $"{$"{count} conn.",17}"))}");

    public Task WriteFloorAsync(WarmRow row)
    {
        floor = row;
        return WriteAsync(row);
    }

    public Task WriteAsync(WarmRow row) => WriteAsync(
        $"{row.Name,-28}{Microseconds(row.Latency.Percentile(0.5)),9}{Microseconds(row.Latency.Percentile(0.99)),10}{Slowness(row),11}{Microseconds(row.ServerCpu),9}  {Throughput(row)}");

    public async Task WriteColdAsync(LoadResult functions, LoadResult node)
    {
        await WriteAsync($"{"Cold",-28}{"p50",9}{"max",10}{"p50/node",11}");
        await WriteColdAsync("node -e 0", node, node);
        await WriteColdAsync("First Invoke of a function", functions, node);
    }

    public Task WriteMemoryAsync(long bytes) => WriteAsync(string.Create(
        CultureInfo.InvariantCulture, $"Resident memory of the server after all that, without its environments: {bytes / BytesPerMegabyte:F0} MB"));

    Task WriteColdAsync(string name, LoadResult result, LoadResult node) => WriteAsync(
        $"{name,-28}{Milliseconds(result.Percentile(0.5)),9}{Milliseconds(result.Percentile(1)),10}{Ratio(result.Percentile(0.5) / node.Percentile(0.5)),11}");

    string Slowness(WarmRow row) => Ratio(row.Latency.Percentile(0.5) / floor!.Latency.Percentile(0.5));

    string Throughput(WarmRow row) => string.Concat(row.Throughput.Zip(
        floor!.Throughput, (result, least) => $"{PerSecond(result),9} ({result.PerSecond / least.PerSecond,4:P0})".PadLeft(17)));

    Task WriteAsync(string line) => output.WriteLineAsync(line);

    static string PerSecond(LoadResult result) => string.Create(CultureInfo.InvariantCulture, $"{result.PerSecond:N0}/s");

    static string Ratio(double ratio) => string.Create(CultureInfo.InvariantCulture, $"{ratio:F1} x");

    static string Microseconds(TimeSpan duration) => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMicroseconds:F0} µs");

    static string Milliseconds(TimeSpan duration) => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:F0} ms");
}
