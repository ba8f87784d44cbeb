using System.Diagnostics;
using Lambray.Aws;
using Lambray.Bench.Figures;
using Lambray.Bench.Functions;
using Lambray.Bench.Processes;
using Lambray.Resources.Messaging;
using Lambray.Resources.Metrics;
using Lambray.Resources.Sqs;
using Lambray.Storage.Rocks;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lambray.Bench.Parts;

/// <summary>Queues: messages sent, received and deleted in a second beside the bare store, with a short queue and a long one; from a message to its function; what waiting costs.</summary>
static class MessageQueues
{
    const int Rounds = 3;
    const int Clients = 16;
    const int PerClient = 400;
    const int Backlog = 1_000_000;
    const int BacklogBatch = 1_000;
    const int IdleMappings = 50;
    static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(10);
    static readonly Dictionary<string, string> Nothing = [];
    static readonly string Body = new('x', 1_000);

    public static async Task RunAsync(Workplace place)
    {
        await CompareStoreAsync(place);
        await CompareServedAsync(place);
    }

    static async Task CompareStoreAsync(Workplace place)
    {
        var directory = Directory.CreateTempSubdirectory("lambray-bench-");
        try
        {
            var table = new Table(place.Output, $"1 kB messages, {Clients} at once", "per second", "of bare");
            await table.WriteHeadAsync();
            await using var database = MessagingDatabase.Open(directory.FullName);
            await using var metrics = MetricStore.Open(directory.FullName, new MetricRetention(long.MaxValue), TimeProvider.System, NullLogger<MetricStore>.Instance);
            await using var queues = new QueueDirectory(database, metrics, new AwsHome("000000000000", "us-east-1"), TimeProvider.System, NullLogger<QueueDirectory>.Instance);
            using var bare = RocksDatabase.Open(Path.Combine(directory.FullName, "bare"), [new("messages", 16 * 1024)], new RocksMemory(32 << 20, 16 << 20));
            var (small, large) = (await queues.CreateAsync("short", Nothing, Nothing), await queues.CreateAsync("long", Nothing, Nothing));
            for (var sent = 0; sent < Backlog; sent += BacklogBatch) await large.SendAsync([.. Enumerable.Repeat(new NewMessage(Body), BacklogBatch)]);
            var rounds = new List<(double Bare, double Short, double Long)>();
            for (var round = 0; round < Rounds; round++) rounds.Add((PerSecond(() => WriteBare(bare)), await PerSecondAsync(small), await PerSecondAsync(large)));
            await table.WriteRowAsync("store: put, delete, each synced", Text.PerSecond(rounds.Select(one => one.Bare).Median()), Text.Share(1));
            await table.WriteRowAsync("send, receive, delete", Text.PerSecond(rounds.Select(one => one.Short).Median()), Text.Share(rounds.Select(one => one.Short / one.Bare).Median()));
            await table.WriteRowAsync("with a million waiting", Text.PerSecond(rounds.Select(one => one.Long).Median()), Text.Share(rounds.Select(one => one.Long / one.Bare).Median()));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    // As many at once as clients send, each turn with one sync, as the best writer could.
    static void WriteBare(RocksDatabase bare)
    {
        var body = System.Text.Encoding.UTF8.GetBytes(Body);
        for (var turn = 0; turn < PerClient; turn++)
        {
            using (var puts = new RocksBatch())
            {
                for (var client = 0; client < Clients; client++) puts.Put(bare.Tables[0], Key(turn, client), body);
                bare.Write(puts, sync: true);
            }
            using var deletes = new RocksBatch();
            for (var client = 0; client < Clients; client++) deletes.Delete(bare.Tables[0], Key(turn, client));
            bare.Write(deletes, sync: true);
        }
    }

    static byte[] Key(int turn, int client) => [.. BitConverter.GetBytes(turn), .. BitConverter.GetBytes(client)];

    static double PerSecond(Action run)
    {
        var started = Stopwatch.GetTimestamp();
        run();
        return Clients * PerClient / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    static async Task<double> PerSecondAsync(MessageQueue queue)
    {
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            for (var turn = 0; turn < PerClient; turn++)
            {
                await queue.SendAsync([new NewMessage(Body)]);
                foreach (var message in await queue.ReceiveAsync(1, TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1), null, CancellationToken.None)) await queue.DeleteAsync(message.ReceiptHandle);
            }
        })));
        return Clients * PerClient / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    static async Task CompareServedAsync(Workplace place)
    {
        await using var lambray = await LambrayProcess.StartAsync(place, prestartedMax: 0);
        using var http = new HttpClient { BaseAddress = lambray.Address };
        var function = new ForwardingFunction(http);
        await function.CreateAsync();
        await function.CallAsync("AmazonSQS.CreateQueue", """{"QueueName":"in"}""");
        var table = new Table(place.Output, "Over HTTP, Node.js function", "median", "p99");
        await table.WriteHeadAsync();
        await function.WriteTripsAsync(table, "send, receive", () => function.CallAsync("AmazonSQS.SendMessage", """{"QueueUrl":"out","MessageBody":"x"}"""));
        await function.WriteTripsAsync(table, "invoke, receive what it sends", () => function.InvokeAsync());
        await function.MapAsync("arn:aws:sqs:us-east-1:000000000000:in");
        await function.WriteTripsAsync(table, "send, function, receive", () => function.CallAsync("AmazonSQS.SendMessage", """{"QueueUrl":"in","MessageBody":"x"}"""));

        await lambray.Processes.SettleAsync();
        // What was compiled and gathered for the trips is put in order first.
        await IdleAsync(lambray);
        var idle = await IdleAsync(lambray);
        for (var number = 0; number < IdleMappings; number++)
        {
            await function.CallAsync("AmazonSQS.CreateQueue", $$"""{"QueueName":"idle-{{number}}"}""");
            await function.MapAsync($"arn:aws:sqs:us-east-1:000000000000:idle-{number}");
        }
        await lambray.Processes.SettleAsync();
        var polled = await IdleAsync(lambray);
        await place.Output.WriteLineAsync();
        await place.Output.WriteLineAsync($"Processor time in {IdleTime.TotalSeconds} s: idle with one mapping {Text.Milliseconds(idle)}, with {IdleMappings} more {Text.Milliseconds(polled)}.");
    }

    static async Task<TimeSpan> IdleAsync(LambrayProcess lambray)
    {
        var before = lambray.Processes.ProcessorTime;
        await Task.Delay(IdleTime, TimeProvider.System);
        return lambray.Processes.ProcessorTime - before;
    }
}
