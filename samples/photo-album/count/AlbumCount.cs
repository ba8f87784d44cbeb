using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace PhotoAlbum;

/// <summary>Counts the photos and bytes of each album as the stream of the photos' table tells of them.</summary>
public sealed class AlbumCount
{
    static readonly string Table = Environment.GetEnvironmentVariable("COUNTS")!;

    readonly AmazonDynamoDBClient dynamo = new();

    /// <summary>What fails is told by its sequence number, so that only this record and those after it are tried again.</summary>
    public async Task<Stream> Handle(Stream request)
    {
        using var json = await JsonDocument.ParseAsync(request);
        foreach (var record in json.RootElement.GetProperty("Records").EnumerateArray())
        {
            var change = record.GetProperty("dynamodb");
            try
            {
                await AddAsync(change.GetProperty("NewImage"));
            }
            catch (Exception error) when (error is KeyNotFoundException or FormatException or AmazonDynamoDBException)
            {
                var number = change.GetProperty("SequenceNumber").GetString();
                Console.WriteLine($"Record {number} cannot be counted: {error.Message} {change.GetProperty("Keys")}");
                return new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(new { batchItemFailures = new[] { new { itemIdentifier = number } } }));
            }
        }
        return new MemoryStream("""{"batchItemFailures":[]}"""u8.ToArray());
    }

    async Task AddAsync(JsonElement photo)
    {
        var album = photo.GetProperty("album").GetProperty("S").GetString()!;
        var bytes = long.Parse(photo.GetProperty("bytes").GetProperty("N").GetString()!, CultureInfo.InvariantCulture);
        await dynamo.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = Table,
            Key = new() { ["album"] = new AttributeValue(album) },
            UpdateExpression = "ADD photos :one, bytes :bytes",
            ExpressionAttributeValues = new()
            {
                [":one"] = new AttributeValue { N = "1" },
                [":bytes"] = new AttributeValue { N = bytes.ToString(CultureInfo.InvariantCulture) },
            },
        });
    }
}
