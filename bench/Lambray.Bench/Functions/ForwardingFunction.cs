using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using Lambray.Bench.Figures;

namespace Lambray.Bench.Functions;

/// <summary>A Node.js function that sends a message to the queue <c>out</c>, by which is known that it has run; and the way there, timed.</summary>
sealed class ForwardingFunction(HttpClient http)
{
    public const string Name = "forward";

    const int RoundTrips = 200;

    public async Task CreateAsync()
    {
        await CallAsync("AmazonSQS.CreateQueue", """{"QueueName":"out"}""");
        var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var writer = new StreamWriter(archive.CreateEntry("index.js").Open());
            await writer.WriteAsync("""
                const http = require('http');
                const agent = new http.Agent({ keepAlive: true });
                exports.handler = () => new Promise((resolve, reject) => http.request(process.env.AWS_ENDPOINT_URL, {
                  agent, method: 'POST', headers: { 'X-Amz-Target': 'AmazonSQS.SendMessage' },
                }, answer => answer.resume().on('end', resolve)).on('error', reject).end(JSON.stringify({ QueueUrl: 'out', MessageBody: 'x' })));
                """);
        }
        await PostAsync("/2015-03-31/functions", $$"""
            {"FunctionName":"{{Name}}","Runtime":"nodejs22.x","Role":"arn:aws:iam::000000000000:role/r","Handler":"index.handler","MemorySize":1769,"Timeout":10,"Code":{"ZipFile":"{{Convert.ToBase64String(zip.ToArray())}}"} }
            """);
        while (!(await http.GetStringAsync($"/2015-03-31/functions/{Name}/configuration")).Contains("\"State\":\"Active\"", StringComparison.Ordinal))
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
    }

    /// <summary>Feeds it from a queue or a stream.</summary>
    /// <param name="settings">More members of CreateEventSourceMapping.</param>
    /// <returns>The mapping's id.</returns>
    public async Task<string> MapAsync(string source, string settings = "") => JsonElement.Parse(await PostAsync(
        "/2015-03-31/event-source-mappings", $$"""{"FunctionName":"{{Name}}","EventSourceArn":"{{source}}"{{settings}}}""")).GetProperty("UUID").GetString()!;

    /// <summary>From a request until the message that it leads to has been received.</summary>
    public async Task WriteTripsAsync(Table table, string name, Func<Task> begin)
    {
        var taken = new List<TimeSpan>();
        for (var trip = 0; trip < RoundTrips; trip++)
        {
            var received = CallAsync("AmazonSQS.ReceiveMessage", """{"QueueUrl":"out","WaitTimeSeconds":20}""");
            var started = Stopwatch.GetTimestamp();
            await begin();
            var message = JsonElement.Parse(await received).GetProperty("Messages")[0];
            taken.Add(Stopwatch.GetElapsedTime(started));
            await CallAsync("AmazonSQS.DeleteMessage", $$"""{"QueueUrl":"out","ReceiptHandle":"{{message.GetProperty("ReceiptHandle").GetString()}}"}""");
        }
        // The first ones start an environment.
        TimeSpan[] warm = [.. taken.Skip(RoundTrips / 4).Order()];
        await table.WriteRowAsync(name, Text.Duration(warm.Percentile(0.5)), Text.Duration(warm.Percentile(0.99)));
    }

    /// <summary>Calls an operation that is named in a header.</summary>
    public Task<string> CallAsync(string target, string body) => PostAsync("/", body, content => content.Headers.Add("X-Amz-Target", target));

    public Task<string> InvokeAsync(string type = "RequestResponse") =>
        PostAsync($"/2015-03-31/functions/{Name}/invocations", "{}", content => content.Headers.Add("X-Amz-Invocation-Type", type));

    async Task<string> PostAsync(string path, string body, Action<HttpContent>? change = null)
    {
        using var content = new StringContent(body);
        change?.Invoke(content);
        using var answer = await http.PostAsync(path, content);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? text : throw new InvalidDataException(text);
    }
}
