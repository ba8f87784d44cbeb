using System.Net;
using Lambray.Server.Cli.Drawing;
using Lambray.Tracing.Segments;

namespace Lambray.Server.Cli.Demo.PhotoAlbum;

/// <summary>A minute in the life of the photo album, told as it happens.</summary>
sealed class AlbumTraffic(AlbumVisitor visitor, TimeSpan length, Terminal terminal)
{
    const int Rounds = 8;

    // 20 MB: more than an API takes, and enough to keep a function busy.
    const int LargeWidth = 3200;
    const int LargeHeight = 2200;

    static readonly (string Album, string Title)[] Photos =
        [("summer", "At the lake"), ("family", "Grandmother's birthday"), ("summer", "Last evening"), ("city", "Bridges"), ("family", "New bicycle"), ("city", "From the tower")];

    readonly long started = terminal.Time.GetTimestamp();
    readonly byte[] picture = Bitmap.Evening(320, 240);
    readonly List<string> uploaded = [];

    TraceId? upload, slow, broken, poison;
    int failedPhotos, poisonRecords, throttled;

    public async Task<AlbumTally> RunAsync(CancellationToken cancellation)
    {
        for (var round = 0; round < Rounds; round++)
        {
            await UploadAsync(Photos[round % Photos.Length], cancellation);
            await LookAsync(Photos[round % Photos.Length].Album, cancellation);
            await ActAsync(round, cancellation);
            await Task.Delay(length / Rounds, terminal.Time, cancellation);
        }
        return new AlbumTally(uploaded, upload!.Value, slow!.Value, broken!.Value, poison!.Value, failedPhotos, poisonRecords, throttled);
    }

    Task ActAsync(int round, CancellationToken cancellation) => round switch
    {
        1 or 5 => UploadBrokenAsync(cancellation),
        2 or 6 => AskForNothingAsync(cancellation),
        3 => UploadLargeAsync(cancellation),
        4 => PoisonAsync(cancellation),
        7 => CrowdAsync(cancellation),
        _ => Task.CompletedTask,
    };

    async Task UploadAsync((string Album, string Title) photo, CancellationToken cancellation)
    {
        var act = (await visitor.UploadAsync(photo.Album, photo.Title, picture, cancellation)).Expect(HttpStatusCode.Accepted);
        upload ??= act.Trace;
        uploaded.Add((string)act.Body!["id"]!);
        Tell($"POST /photos                  “{photo.Title}” for the album {photo.Album}", 202);
    }

    async Task LookAsync(string album, CancellationToken cancellation)
    {
        var act = (await visitor.LookAtAsync(album, cancellation)).Expect(HttpStatusCode.OK);
        Tell($"GET  /albums/{album,-16} {act.Body!["count"]} photos counted so far", 200);
    }

    async Task UploadBrokenAsync(CancellationToken cancellation)
    {
        broken = (await visitor.UploadAsync("city", "Torn", picture[..1000], cancellation)).Expect(HttpStatusCode.Accepted).Trace;
        failedPhotos++;
        Tell("POST /photos                  a picture that is cut off: its thumbnail will fail", 202);
    }

    async Task AskForNothingAsync(CancellationToken cancellation)
    {
        (await visitor.FindPhotoAsync("nothing", cancellation)).Expect(HttpStatusCode.NotFound);
        Tell("GET  /photos/nothing          a photo that is not there", 404);
    }

    async Task UploadLargeAsync(CancellationToken cancellation)
    {
        var id = Guid.NewGuid().ToString();
        slow = await visitor.PutIntoBucketAsync("summer", id, Bitmap.Evening(LargeWidth, LargeHeight), cancellation);
        uploaded.Add(id);
        Tell($"S3 PutObject                  a picture of {LargeWidth} × {LargeHeight}: its thumbnail will be slow", 200);
    }

    async Task PoisonAsync(CancellationToken cancellation)
    {
        poison = await visitor.PutPoisonAsync("family", cancellation);
        poisonRecords++;
        Tell("DynamoDB PutItem              an item without its size: its record in the stream is poison", 200);
    }

    async Task CrowdAsync(CancellationToken cancellation)
    {
        var acts = await Task.WhenAll(Enumerable.Range(0, AlbumDeployment.ApiConcurrency * 5).Select(_ => visitor.LookAtAsync("summer", cancellation)));
        throttled = acts.Count(act => act.Status != HttpStatusCode.OK);
        var status = acts.Select(act => (int)act.Status).Max();
        Tell($"GET  /albums/summer           {acts.Length} at once, where {AlbumDeployment.ApiConcurrency} are allowed: {throttled} were throttled", status);
    }

    void Tell(string what, int status)
    {
        var seconds = terminal.Time.GetElapsedTime(started).TotalSeconds;
        terminal.Draw([new InkedLine(new InkedText($"{seconds,5:0.0} s  ", Ink.Faint), new InkedText($"{status}  ", status < 400 ? Ink.Ok : status < 500 ? Ink.Error : Ink.Fault), what)]);
    }
}

/// <summary>What was done to the photo album.</summary>
/// <param name="Photos">The ids of those that have to end in an album.</param>
/// <param name="Upload">A trace in which all went well; the next three are of a large picture, a broken one, and an item without its size.</param>
sealed record AlbumTally(IReadOnlyList<string> Photos, TraceId Upload, TraceId Slow, TraceId Broken, TraceId Poison, int FailedPhotos, int PoisonRecords, int Throttled);
