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

    /// <summary>A record that cannot be counted fails the invocation, by its number: Lambda tries it again, and then puts it aside.</summary>
    public async Task Handle(Stream request)
    {
        using var json = await JsonDocument.ParseAsync(request);
        foreach (var record in json.RootElement.GetProperty("Records").EnumerateArray())
        {
            var change = record.GetProperty("dynamodb");
            try
            {
                await AddAsync(change.GetProperty("NewImage"));
            }
            catch (KeyNotFoundException error)
            {
                throw new InvalidDataException($"Record {change.GetProperty("SequenceNumber").GetString()} lacks something to be counted: {change.GetProperty("NewImage")}", error);
            }
        }
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
