using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Lambray.Aws;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Lambray.Server.ConsoleApi.Live;

/// <summary>The stream of what changes: one for each tab of a browser, in the place of asking again and again.</summary>
static class LiveEndpoints
{
    public static void MapLive(this IEndpointRouteBuilder api) => api.MapGet("/live", Follow);

    static ServerSentEventsResult<LiveNews> Follow(
        [FromServices] LiveChanges changes, [FromServices] IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        // A stream that nobody ends would hold up the server's stop.
        var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var followed = changes.Follow(ending.Token) ?? throw new AwsException(
            "TooManyRequestsException", StatusCodes.Status429TooManyRequests, $"More than {LiveChanges.FollowersMax} pages are open.");
        return TypedResults.ServerSentEvents(WriteAsync(followed, ending, CancellationToken.None));
    }

    static async IAsyncEnumerable<SseItem<LiveNews>> WriteAsync(
        IAsyncEnumerable<IReadOnlyList<LiveTopic>> followed, CancellationTokenSource ending, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using (ending)
            await foreach (var topics in followed.WithCancellation(cancellationToken)) yield return new SseItem<LiveNews>(new LiveNews(topics));
    }
}

/// <param name="Topics">None in the first message, which says that the stream stands, and in a heartbeat.</param>
sealed record LiveNews(IReadOnlyList<LiveTopic> Topics);

[JsonSerializable(typeof(LiveNews))]
sealed partial class LiveJson : JsonSerializerContext;
