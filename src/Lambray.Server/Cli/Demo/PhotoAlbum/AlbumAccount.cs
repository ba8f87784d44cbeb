using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Lambray.Server.Cli.AwsApi;

namespace Lambray.Server.Cli.Demo.PhotoAlbum;

/// <summary>Whether everything that came into the photo album has come out where it should.</summary>
sealed class AlbumAccount(AwsClient aws, AlbumVisitor visitor)
{
    readonly JsonApi sqs = new(aws, "sqs");
    readonly JsonApi dynamo = new(aws, "dynamodb");

    public async Task<AlbumBalance> ReadAsync(CancellationToken cancellation)
    {
        var counts = await dynamo.CallAsync("DynamoDB_20120810.Scan", new() { ["TableName"] = AlbumNames.Counts }, cancellation);
        var counted = counts!["Items"]!.AsArray().Sum(album => long.Parse((string)album!["photos"]!["N"]!, CultureInfo.InvariantCulture));
        return new AlbumBalance(
            counted, await MessagesAsync(AlbumNames.FailedPhotos, cancellation), await MessagesAsync(AlbumNames.FailedRecords, cancellation),
            await MessagesAsync(AlbumNames.News, cancellation), await MessagesAsync(AlbumNames.FailedNews, cancellation));
    }

    /// <summary>What is not yet as it has to be, each in a few words.</summary>
    public async Task<IReadOnlyList<string>> MissingAsync(AlbumBalance before, AlbumTally tally, CancellationToken cancellation)
    {
        var now = await ReadAsync(cancellation);
        var missing = new List<string>();
        Require(tally.Photos.Count, now.Counted - before.Counted, "photos counted");
        Require(tally.FailedPhotos, now.FailedPhotos - before.FailedPhotos, $"messages more in {AlbumNames.FailedPhotos}");
        Require(tally.PoisonRecords, now.FailedRecords - before.FailedRecords, $"messages more in {AlbumNames.FailedRecords}");
        Require(0, now.News, $"messages left in {AlbumNames.News}");
        Require(before.FailedNews, now.FailedNews, $"messages in {AlbumNames.FailedNews}");
        if (tally.Throttled == 0) missing.Add("a request that was throttled");
        foreach (var photo in tally.Photos)
        {
            var act = await visitor.FindPhotoAsync(photo, cancellation);
            if (act.Status != HttpStatusCode.OK || (string?)act.Body!["state"] != "announced") missing.Add($"photo {photo} announced");
        }
        return missing;

        void Require(long expected, long found, string what)
        {
            if (expected != found) missing.Add($"{expected} {what} ({found})");
        }
    }

    async Task<long> MessagesAsync(string queue, CancellationToken cancellation)
    {
        var found = await sqs.CallAsync("AmazonSQS.GetQueueUrl", new() { ["QueueName"] = queue }, cancellation);
        var request = new JsonObject { ["QueueUrl"] = (string)found!["QueueUrl"]!, ["AttributeNames"] = new JsonArray("All") };
        var attributes = (await sqs.CallAsync("AmazonSQS.GetQueueAttributes", request, cancellation))!["Attributes"]!;
        return Number("ApproximateNumberOfMessages") + Number("ApproximateNumberOfMessagesNotVisible");

        long Number(string name) => long.Parse((string)attributes[name]!, CultureInfo.InvariantCulture);
    }
}

/// <summary>How many photos the albums have, and how many messages the queues.</summary>
sealed record AlbumBalance(long Counted, long FailedPhotos, long FailedRecords, long News, long FailedNews);
