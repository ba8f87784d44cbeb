using System.Net.ServerSentEvents;
using System.Text.Json;
using Xunit;

namespace Lambray.Tests.Server.ConsoleApi;

/// <summary>The stream that tells the console's pages what to ask anew.</summary>
public sealed class FollowingChanges
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tells_what_changes_and_ends_with_the_server()
    {
        await using var server = await WholeServer.StartAsync();
        await using var stream = await server.Http.GetStreamAsync(new Uri("/_lambray/api/live", UriKind.Relative), Cancelled);
        await using var news = SseParser.Create(stream, (_, data) => Topics(data)).EnumerateAsync(Cancelled).GetAsyncEnumerator(Cancelled);

        Assert.True(await news.MoveNextAsync());
        Assert.Empty(news.Current.Data);

        await ConsoleTraces.SendAsync(server.Http, TimeSpan.FromMinutes(1), segment => segment);
        await ReadUntilAsync("traces");
        await server.CreateAsync("shop", "exports.handler = async () => 1;");
        await ReadUntilAsync("functions");
        _ = (await server.SendAsync(HttpMethod.Post, "/CreateGroup", """{"GroupName":"slow","FilterExpression":"duration > 1"}""")).Succeeded;
        await ReadUntilAsync("groups");

        // A stop waits for requests under way; this one would never end by itself.
        await server.StopAsync().WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
        while (await news.MoveNextAsync())
        {
            // What was told before the end.
        }

        async Task ReadUntilAsync(string topic)
        {
            do Assert.True(await news.MoveNextAsync(), $"The stream ended before it told of {topic}.");
            while (!news.Current.Data.Contains(topic));
        }
    }

    static List<string> Topics(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data);
        return [.. JsonElement.ParseValue(ref reader).GetProperty("topics").EnumerateArray().Select(topic => topic.GetString()!)];
    }
}
