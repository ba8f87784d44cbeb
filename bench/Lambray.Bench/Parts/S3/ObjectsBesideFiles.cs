using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Lambray.Bench.Figures;
using Lambray.Bench.Processes;

namespace Lambray.Bench.Parts.S3;

/// <summary>Objects put and got over HTTP, beside files of the same sizes written, synced and read; and what a very large one costs in memory.</summary>
static class ObjectsBesideFiles
{
    const int Rounds = 5;
    const long Megabyte = 1024 * 1024;
    const long LargeBytes = 256 * Megabyte;
    const long HugeBytes = 5 * 1024 * Megabyte;
    const int SmallBytes = 4096;
    const int SmallCount = 500;
    const int Connections = 16;
    const int BlockBytes = 128 * 1024;
    const string Bucket = "bench";

    public static async Task RunAsync(Workplace place, LambrayProcess lambray)
    {
        var files = Directory.CreateTempSubdirectory("lambray-bench-files-");
        using var http = new HttpClient { BaseAddress = lambray.Address, Timeout = TimeSpan.FromMinutes(10) };
        try
        {
            await SendAsync(http.PutAsync($"/{Bucket}", null));
            await CompareLargeAsync(place, http, files.FullName);
            await CompareSmallAsync(place, http, files.FullName);
            await WeighHugeAsync(place, http, lambray);
        }
        finally
        {
            files.Delete(recursive: true);
        }
    }

    static async Task CompareLargeAsync(Workplace place, HttpClient http, string files)
    {
        var path = Path.Combine(files, "large");
        var rounds = new List<(double Write, double Put, double Read, double Get)>();
        for (var round = 0; round <= Rounds; round++)
        {
            var write = await PerSecondAsync(LargeBytes, () => WriteFileAsync(path, LargeBytes));
            var put = await PerSecondAsync(LargeBytes, () => SendAsync(http.PutAsync($"/{Bucket}/large", new ZeroContent(LargeBytes))));
            var read = await PerSecondAsync(LargeBytes, () => ReadAsync(File.OpenRead(path)));
            var get = await PerSecondAsync(LargeBytes, async () => await ReadAsync(await http.GetStreamAsync($"/{Bucket}/large")));
            // The first is for the code to get warm.
            if (round > 0) rounds.Add((write, put, read, get));
        }
        var table = new Table(place.Output, "One object of 256 MB", "file", "object", "of the file");
        await table.WriteHeadAsync();
        await table.WriteRowAsync("written, synced", Rate(rounds.Select(one => one.Write)), Rate(rounds.Select(one => one.Put)), Text.Share(rounds.Select(one => one.Put / one.Write).Median()));
        await table.WriteRowAsync("read", Rate(rounds.Select(one => one.Read)), Rate(rounds.Select(one => one.Get)), Text.Share(rounds.Select(one => one.Get / one.Read).Median()));
    }

    static async Task CompareSmallAsync(Workplace place, HttpClient http, string files)
    {
        var rounds = new List<(double Write, double Put, double Read, double Get)>();
        for (var round = 0; round <= Rounds; round++)
        {
            var write = await ManyPerSecondAsync(n => WriteFileAsync(Path.Combine(files, Name(n)), SmallBytes));
            var put = await ManyPerSecondAsync(n => SendAsync(http.PutAsync($"/{Bucket}/{Name(n)}", new ZeroContent(SmallBytes))));
            var read = await ManyPerSecondAsync(n => ReadAsync(File.OpenRead(Path.Combine(files, Name(n)))));
            var get = await ManyPerSecondAsync(async n => await ReadAsync(await http.GetStreamAsync($"/{Bucket}/{Name(n)}")));
            if (round > 0) rounds.Add((write, put, read, get));
        }
        var table = new Table(place.Output, "Objects of 4 KB, 16 connections", "files", "objects", "of the files");
        await table.WriteHeadAsync();
        await table.WriteRowAsync("written, synced", Count(rounds.Select(one => one.Write)), Count(rounds.Select(one => one.Put)), Text.Share(rounds.Select(one => one.Put / one.Write).Median()));
        await table.WriteRowAsync("read", Count(rounds.Select(one => one.Read)), Count(rounds.Select(one => one.Get)), Text.Share(rounds.Select(one => one.Get / one.Read).Median()));
    }

    static async Task WeighHugeAsync(Workplace place, HttpClient http, LambrayProcess lambray)
    {
        var before = PeakBytes(lambray.Server.Id);
        await SendAsync(http.PutAsync($"/{Bucket}/huge", new ZeroContent(HugeBytes)));
        await ReadAsync(await http.GetStreamAsync($"/{Bucket}/huge"));
        var after = PeakBytes(lambray.Server.Id);
        var table = new Table(place.Output, "One object of 5 GB", "peak before", "peak after");
        await table.WriteHeadAsync();
        await table.WriteRowAsync("resident memory", Text.Megabytes(before), Text.Megabytes(after));
        await SendAsync(http.DeleteAsync($"/{Bucket}/huge"));
    }

    static async Task<double> PerSecondAsync(long count, Func<Task> act)
    {
        var started = Stopwatch.GetTimestamp();
        await act();
        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    static Task<double> ManyPerSecondAsync(Func<int, Task> act) => PerSecondAsync(SmallCount, () => Parallel.ForEachAsync(
        Enumerable.Range(0, SmallCount), new ParallelOptions { MaxDegreeOfParallelism = Connections }, async (n, _) => await act(n)));

    static async Task WriteFileAsync(string path, long bytes)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
        await new ZeroContent(bytes).CopyToAsync(file);
        file.Flush(flushToDisk: true);
    }

    static async Task ReadAsync(Stream stream)
    {
        await using var all = stream;
        var buffer = new byte[BlockBytes];
        while (await all.ReadAsync(buffer) > 0)
        {
        }
    }

    static async Task SendAsync(Task<HttpResponseMessage> sent)
    {
        using var answer = await sent;
        answer.EnsureSuccessStatusCode();
    }

    // What the kernel remembers as the most that the process ever held.
    static double PeakBytes(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    static string Name(int n) => n.ToString(CultureInfo.InvariantCulture);

    static string Rate(IEnumerable<double> bytesPerSecond) => Text.Megabytes(bytesPerSecond.Median()) + "/s";

    static string Count(IEnumerable<double> perSecond) => Text.PerSecond(perSecond.Median());

    /// <summary>So many zeros, of which hardly any are ever in memory.</summary>
    sealed class ZeroContent : HttpContent
    {
        static readonly byte[] Block = new byte[BlockBytes];
        readonly long length;

        public ZeroContent(long length)
        {
            this.length = length;
            Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            for (var left = length; left > 0; left -= BlockBytes) await stream.WriteAsync(Block.AsMemory(0, (int)Math.Min(left, BlockBytes)));
        }

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return true;
        }
    }
}
