using System.Diagnostics;
using System.Text.Json;
using Lambray.Bench.Figures;
using Lambray.Bench.Shop;

namespace Lambray.Bench.Parts.XRay;

/// <summary>PutTraceSegments, durable before its answer, beside the floor: reading the same bodies and writing them to a file with a sync for each.</summary>
/// <remarks>What the server puts off while senders wait, the index above all, it does before the next floor is measured; for how long is told.</remarks>
static class HttpIngest
{
    const int DocumentsPerBatch = 25;
    const int TracesPerRound = 4_000;
    const int DocumentBytesMax = 64 * 1024;
    const int Rounds = 3;
    const string AllTaken = """{"UnprocessedTraceSegments":[]}""";
    static readonly int[] ConnectionCounts = [1, 4, 16];

    public static async Task RunAsync(Workplace place)
    {
        await using var server = await XRayServerProcess.StartAsync(place);
        var shop = XRayParts.Traces();
        var next = 0;
        Post(server, Bodies(), connections: 4);

        var table = new Table(place.Output, "PutTraceSegments, 25 documents", "floor", "Lambray", "of floor", "then busy");
        await table.WriteHeadAsync();
        foreach (var connections in ConnectionCounts)
        {
            var rounds = new List<(double Floor, double Lambray, TimeSpan Busy)>();
            for (var round = 0; round < Rounds; round++)
            {
                var bodies = Bodies();
                await server.SettledIntakeAsync();
                var floor = PerSecond(bodies, () => Floor(bodies, connections));
                var lambray = PerSecond(bodies, () => Post(server, bodies, connections));
                var answered = Stopwatch.GetTimestamp();
                await server.SettledIntakeAsync();
                rounds.Add((floor, lambray, Stopwatch.GetElapsedTime(answered)));
            }
            await table.WriteRowAsync(
                $"{connections} conn., documents", Text.PerSecond(rounds.Select(one => one.Floor).Median()), Text.PerSecond(rounds.Select(one => one.Lambray).Median()),
                Text.Share(rounds.Select(one => one.Lambray / one.Floor).Median()), Text.Duration(rounds.Select(one => one.Busy).Order().ElementAt(Rounds / 2)));
        }

        List<byte[]> Bodies()
        {
            var bodies = new List<byte[]>();
            using var batches = new ShopBatches(shop, DocumentsPerBatch);
            batches.Write(Enumerable.Range(next, TracesPerRound).Select(number => (long)number), body => bodies.Add(body.ToArray()));
            next += TracesPerRound;
            return bodies;
        }
    }

    static double PerSecond(List<byte[]> bodies, Action work)
    {
        var started = Stopwatch.GetTimestamp();
        work();
        return bodies.Count * DocumentsPerBatch / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    static void Post(XRayServerProcess server, List<byte[]> bodies, int connections) => Share(bodies, connections, own =>
    {
        using var connection = server.Connect();
        foreach (var body in own)
        {
            var answer = connection.Post("/TraceSegments", body);
            if (answer is not { Status: 200, Body: AllTaken }) throw new InvalidDataException($"PutTraceSegments answered {answer.Status}: {answer.Body}");
        }
    });

    // What nobody could leave out: reading what came, and a synced write of the same bytes.
    static void Floor(List<byte[]> bodies, int writers)
    {
        var file = Path.Combine(Path.GetTempPath(), $"lambray-bench-{Guid.NewGuid():N}");
        var gate = new Lock();
        var length = 0L;
        using var handle = File.OpenHandle(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.DeleteOnClose);
        Share(bodies, writers, own =>
        {
            var document = new byte[DocumentBytesMax];
            foreach (var body in own)
            {
                Read(body, document);
                lock (gate)
                {
                    RandomAccess.Write(handle, body, length);
                    RandomAccess.FlushToDisk(handle);
                    length += body.Length;
                }
            }
        });
    }

    static void Read(byte[] body, byte[] document)
    {
        var request = new Utf8JsonReader(body);
        while (request.Read())
        {
            if (request.TokenType != JsonTokenType.String) continue;
            var json = new Utf8JsonReader(document.AsSpan(0, request.CopyString(document)));
            while (json.Read()) { }
        }
    }

    static void Share(List<byte[]> bodies, int threads, Action<IEnumerable<byte[]>> work)
    {
        var running = Enumerable.Range(0, threads).Select(thread => Task.Factory.StartNew(
            () => work(bodies.Where((_, index) => index % threads == thread)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        Task.WaitAll([.. running]);
    }
}
