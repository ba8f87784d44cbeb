using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Lambray.Tests.Server.Sqs;

/// <summary>What a queue, a topic or a bus has acknowledged survives <c>kill -9</c>, wherever it was on its way.</summary>
public sealed class MessagesSurviveCrashes
{
    const string Arn = $"us-east-1:{WholeServer.Account}";
    const int Messages = 150;
    const int Kills = 3;

    // Sends the bodies on that it gets from a queue or a topic.
    const string Forward = """
        const http = require('http');
        const send = body => new Promise((resolve, reject) => http.request(process.env.AWS_ENDPOINT_URL, {
          method: 'POST', headers: { 'X-Amz-Target': 'AmazonSQS.SendMessage' },
        }, answer => answer.resume().on('end', () => answer.statusCode === 200 ? resolve() : reject(new Error(answer.statusCode)))).on('error', reject)
          .end(JSON.stringify({ QueueUrl: 'told', MessageBody: body })));
        exports.handler = ({ Records }) => Promise.all(Records.map(record => send(record.body ?? record.Sns.Message)));
        """;

    [Fact]
    public async Task Nothing_acknowledged_is_lost_and_order_holds_however_often_the_server_is_killed()
    {
        using var data = new TemporaryDirectory();
        var sent = new ConcurrentDictionary<string, ConcurrentQueue<int>>();
        var deleted = new ConcurrentDictionary<int, bool>();
        using (var first = await ServerProcess.StartAsync(data, null, "--isolation", "process"))
        {
            foreach (var queue in (string[])["plain", "work", "told", "fanned", "ruled"]) await CallAsync(first, "CreateQueue", new JsonObject { ["QueueName"] = queue, ["Attributes"] = new JsonObject { ["VisibilityTimeout"] = "4" } });
            await CallAsync(first, "CreateQueue", new JsonObject { ["QueueName"] = "lined.fifo", ["Attributes"] = new JsonObject { ["FifoQueue"] = "true", ["VisibilityTimeout"] = "60" } });
            await first.CreateAsync("forward", Forward, new JsonObject { ["Timeout"] = 4 });
            await PostAsync(first, "/2015-03-31/functions/forward/policy", """{"StatementId":"topic","Action":"lambda:InvokeFunction","Principal":"sns.amazonaws.com"}""");
            await PostAsync(first, "/2015-03-31/event-source-mappings", $$"""{"FunctionName":"forward","EventSourceArn":"arn:aws:sqs:{{Arn}}:work"}""");
            await SnsAsync(first, "Action=CreateTopic&Name=news");
            await SnsAsync(first, $"Action=Subscribe&TopicArn=arn:aws:sns:{Arn}:news&Protocol=sqs&Endpoint=arn:aws:sqs:{Arn}:fanned&Attributes.entry.1.key=RawMessageDelivery&Attributes.entry.1.value=true");
            await SnsAsync(first, $"Action=Subscribe&TopicArn=arn:aws:sns:{Arn}:news&Protocol=lambda&Endpoint=arn:aws:lambda:{Arn}:function:forward");
            await PostAsync(first, "/2015-03-31/functions/forward/policy", """{"StatementId":"rule","Action":"lambda:InvokeFunction","Principal":"events.amazonaws.com"}""");
            await EventsAsync(first, "PutRule", new JsonObject { ["Name"] = "numbers", ["EventPattern"] = """{"source":["test"]}""" });
            await EventsAsync(first, "PutTargets", JsonNode.Parse($$$"""
                {"Rule":"numbers","Targets":[{"Id":"queue","Arn":"arn:aws:sqs:{{{Arn}}}:ruled","InputPath":"$.detail.n"},{"Id":"function","Arn":"arn:aws:lambda:{{{Arn}}}:function:forward",
                "InputTransformer":{"InputPathsMap":{"n":"$.detail.n"},"InputTemplate":"{\"Records\":[{\"body\":\"<n>\"}]}"}}]}
                """)!.AsObject());
            await SendUntilKilledAsync(first, sent, deleted);
        }
        for (var kill = 1; kill < Kills; kill++)
        {
            using var next = await ServerProcess.StartAsync(data, null, "--isolation", "process");
            await SendUntilKilledAsync(next, sent, deleted);
        }

        using var last = await ServerProcess.StartAsync(data, null, "--isolation", "process");
        // Those that were acknowledged as deleted never come again.
        var plain = await DrainAsync(last, "plain", Of(sent, "plain").Except(deleted.Keys));
        Assert.Empty(plain.Intersect(deleted.Where(one => one.Value).Select(one => one.Key)));
        await DrainAsync(last, "fanned", Of(sent, "news"));
        await DrainAsync(last, "ruled", Of(sent, "events"));
        // By way of a function: from the queue that feeds it, from the topic, and from the bus.
        await DrainAsync(last, "told", Of(sent, "work").Concat(Of(sent, "news")).Concat(Of(sent, "events")));
        var lined = await DrainAsync(last, "lined.fifo", Of(sent, "lined.fifo"));
        foreach (var group in lined.GroupBy(number => number % 2)) Assert.Equal(group.Distinct().Order(), group);
        Assert.True(Of(sent, "news").Count > 10 && Of(sent, "lined.fifo").Count > 10, "Too little was sent to tell anything.");
    }

    static async Task SendUntilKilledAsync(ServerProcess server, ConcurrentDictionary<string, ConcurrentQueue<int>> sent, ConcurrentDictionary<int, bool> deleted)
    {
        var before = sent.Values.Sum(of => of.Count);
        Task[] atWork =
        [
            SendAsync(sent, "plain", number => CallAsync(server, "SendMessage", new JsonObject { ["QueueUrl"] = "plain", ["MessageBody"] = Body(number) })),
            SendAsync(sent, "work", number => CallAsync(server, "SendMessage", new JsonObject { ["QueueUrl"] = "work", ["MessageBody"] = Body(number) })),
            SendAsync(sent, "lined.fifo", number => CallAsync(server, "SendMessage", new JsonObject
            {
                ["QueueUrl"] = "lined.fifo", ["MessageBody"] = Body(number), ["MessageGroupId"] = Body(number % 2), ["MessageDeduplicationId"] = Body(number),
            })),
            SendAsync(sent, "news", number => SnsAsync(server, $"Action=Publish&TopicArn=arn:aws:sns:{Arn}:news&Message={number}")),
            SendAsync(sent, "events", number => EventsAsync(server, "PutEvents", new JsonObject
            {
                ["Entries"] = new JsonArray(new JsonObject { ["Source"] = "test", ["DetailType"] = "number", ["Detail"] = $$"""{"n":{{number}} }""" }),
            })),
            DeleteAsync(server, deleted),
        ];
        var share = Random.Shared.Next(40, 200);
        await Eventually.HoldsAsync(() => Task.FromResult(sent.Values.Sum(of => of.Count) - before >= share || atWork[..5].All(task => task.IsCompleted)));
        await server.KillAsync();
        await Task.WhenAll(atWork);
    }

    // One behind the other, each until it is acknowledged: what a killed server has not answered is sent again to the next.
    static async Task SendAsync(ConcurrentDictionary<string, ConcurrentQueue<int>> sent, string target, Func<int, Task<string>> send)
    {
        var acknowledged = sent.GetOrAdd(target, _ => []);
        try
        {
            while (acknowledged.Count < Messages)
            {
                var number = acknowledged.Count;
                await send(number);
                acknowledged.Enqueue(number);
            }
        }
        catch (HttpRequestException)
        {
            // The server is dead.
        }
    }

    static async Task DeleteAsync(ServerProcess server, ConcurrentDictionary<int, bool> deleted)
    {
        try
        {
            while (true)
            {
                foreach (var (body, handle) in await ReceiveAsync(server, "plain", wait: 20))
                {
                    // Every other one stays in flight.
                    if (int.Parse(body, CultureInfo.InvariantCulture) % 2 == 0) continue;
                    // False as long as nobody knows: a killed server may have deleted it and not said so.
                    deleted.TryAdd(int.Parse(body, CultureInfo.InvariantCulture), false);
                    await CallAsync(server, "DeleteMessage", new JsonObject { ["QueueUrl"] = "plain", ["ReceiptHandle"] = handle });
                    deleted[int.Parse(body, CultureInfo.InvariantCulture)] = true;
                }
            }
        }
        catch (HttpRequestException)
        {
            // The server is dead.
        }
    }

    static async Task<List<int>> DrainAsync(ServerProcess server, string queue, IEnumerable<int> expected)
    {
        var missing = expected.ToHashSet();
        var came = new List<int>();
        await Eventually.HoldsAsync(
            async () =>
            {
                foreach (var (body, handle) in await ReceiveAsync(server, queue, wait: 1))
                {
                    came.Add(int.Parse(body, CultureInfo.InvariantCulture));
                    missing.Remove(came[^1]);
                    await CallAsync(server, "DeleteMessage", new JsonObject { ["QueueUrl"] = queue, ["ReceiptHandle"] = handle });
                }
                return missing.Count == 0;
            },
            () => $"Acknowledged, but not in {queue}: {string.Join(", ", missing.Order())}");
        return came;
    }

    static async Task<IEnumerable<(string Body, string Handle)>> ReceiveAsync(ServerProcess server, string queue, int wait)
    {
        var answer = await CallAsync(server, "ReceiveMessage", new JsonObject { ["QueueUrl"] = queue, ["MaxNumberOfMessages"] = 10, ["WaitTimeSeconds"] = wait });
        return JsonElement.Parse(answer).TryGetProperty("Messages", out var messages)
            ? messages.EnumerateArray().Select(message => (message.GetProperty("Body").GetString()!, message.GetProperty("ReceiptHandle").GetString()!))
            : [];
    }

    static ConcurrentQueue<int> Of(ConcurrentDictionary<string, ConcurrentQueue<int>> sent, string target) => sent[target];

    static string Body(int number) => number.ToString(CultureInfo.InvariantCulture);

    static Task<string> CallAsync(ServerProcess server, string operation, JsonObject fields) => TargetAsync(server, $"AmazonSQS.{operation}", fields);

    static Task<string> EventsAsync(ServerProcess server, string operation, JsonObject fields) => TargetAsync(server, $"AWSEvents.{operation}", fields);

    static async Task<string> TargetAsync(ServerProcess server, string target, JsonObject fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(fields.ToJsonString()) };
        request.Headers.Add("X-Amz-Target", target);
        return await SucceededAsync(await server.Http.SendAsync(request));
    }

    static async Task<string> SnsAsync(ServerProcess server, string query) =>
        await SucceededAsync(await server.Http.PostAsync($"/?Version=2010-03-31&{query}", null));

    static async Task<string> PostAsync(ServerProcess server, string path, string body) => await SucceededAsync(await server.Http.PostAsync(path, new StringContent(body)));

    static async Task<string> SucceededAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            var body = await answer.Content.ReadAsStringAsync();
            return answer.StatusCode < HttpStatusCode.MultipleChoices ? body : throw new InvalidOperationException(body);
        }
    }
}
