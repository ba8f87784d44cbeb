using System.Diagnostics;
using Lambray.Bench.Figures;
using Lambray.Bench.Processes;
using Lambray.Bench.Shop;

namespace Lambray.Bench.Parts.XRay;

/// <summary>A store that grows: what a segment takes on disk, what the server takes in memory, and what questions cost at each size.</summary>
static class GrowingStore
{
    const int DocumentsPerBatch = 50;
    const int Writers = 2;
    const int TracesPerPiece = 1_000;

    public static async Task RunAsync(Workplace place)
    {
        await using var echo = await ServerProcess.StartEchoAsync();
        await using var server = await XRayServerProcess.StartAsync(place);
        var time = new ShopTime(TimeProvider.System.GetUtcNow());
        var empty = server.DiskBytes;
        var (sizes, answers) = (new List<StoreSize>(), new List<IReadOnlyList<StoreAnswer>>());
        var stored = 0;
        long documents = 0, documentBytes = 0;
        foreach (var traces in place.TraceCounts.Order())
        {
            var started = Stopwatch.GetTimestamp();
            var (addedDocuments, addedBytes) = Fill(server, time, stored, traces - stored);
            var filling = Stopwatch.GetElapsedTime(started);
            (stored, documents, documentBytes) = (traces, documents + addedDocuments, documentBytes + addedBytes);
            await server.SettledIntakeAsync();
            var disk = server.DiskBytes - empty;
            answers.Add(StoreQuestions.Ask(server, echo.Address, new ShopTraces(XRayParts.Seed, time), time, traces));
            sizes.Add(new StoreSize(traces, documents, documentBytes, disk, addedDocuments / filling.TotalSeconds, server.ResidentBytes));
        }

        var table = new Table(place.Output, "Traces", "filled at", "documents", "JSON each", "disk each", "disk/JSON", "resident");
        await table.WriteHeadAsync();
        foreach (var size in sizes)
            await table.WriteRowAsync(
                $"{size.Traces:N0}", Text.PerSecond(size.FilledPerSecond), $"{size.Documents:N0}", Text.Bytes(size.DocumentBytes / (double)size.Documents),
                Text.Bytes(size.DiskBytes / (double)size.Documents), Text.Ratio(size.DiskBytes / (double)size.DocumentBytes), Text.Megabytes(size.ResidentBytes));

        table = new Table(place.Output, ["Over HTTP, p50 and p99", .. sizes.Select(size => $"{size.Traces:N0} traces")]);
        await table.WriteHeadAsync();
        foreach (var question in answers[0])
            await table.WriteRowAsync([question.Name, .. answers.Select(size => size.Single(answer => answer.Name == question.Name).Figures)]);
    }

    static (long Documents, long Bytes) Fill(XRayServerProcess server, ShopTime time, int first, int count)
    {
        var next = first;
        var gate = new Lock();
        long documents = 0, bytes = 0;
        var writers = Enumerable.Range(0, Writers).Select(_ => Task.Factory.StartNew(Write, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        Task.WaitAll([.. writers]);
        return (documents, bytes);

        void Write()
        {
            using var connection = server.Connect();
            using var batches = new ShopBatches(new ShopTraces(XRayParts.Seed, time), DocumentsPerBatch);
            while (true)
            {
                int from;
                lock (gate) (from, next) = (next, Math.Min(next + TracesPerPiece, first + count));
                if (from >= first + count) break;
                var piece = Math.Min(TracesPerPiece, first + count - from);
                batches.Write(Enumerable.Range(from, piece).Select(number => (long)number), body =>
                {
                    var answer = connection.Post("/TraceSegments", body.Span);
                    if (answer.Status != 200) throw new InvalidDataException($"PutTraceSegments answered {answer.Status}: {answer.Body}");
                });
            }
            lock (gate) (documents, bytes) = (documents + batches.Documents, bytes + batches.DocumentBytes);
        }
    }

    sealed record StoreSize(int Traces, long Documents, long DocumentBytes, long DiskBytes, double FilledPerSecond, long ResidentBytes);
}
