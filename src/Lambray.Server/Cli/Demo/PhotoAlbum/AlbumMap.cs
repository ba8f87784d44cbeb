using Lambray.Server.Cli.AwsApi;

namespace Lambray.Server.Cli.Demo.PhotoAlbum;

/// <summary>The calls that the service map of the photo album has to show, from the API to the last function.</summary>
static class AlbumMap
{
    static readonly ((string Name, string Type) From, (string Name, string Type) To)[] OfFunctions =
    [
        (Function(AlbumNames.Thumbnail), ("S3", "AWS::S3")),
        (Function(AlbumNames.Thumbnail), Table(AlbumNames.Photos)),
        (Function(AlbumNames.Notify), Table(AlbumNames.Photos)),
    ];

    // What lies between the functions, which AWS's own map does not show; and behind the stream, where only some invocations are traced then.
    static readonly ((string Name, string Type) From, (string Name, string Type) To)[] OfFullChain =
    [
        (Function(AlbumNames.Api), Bucket),
        (Bucket, Service(AlbumNames.Thumbnail)),
        (Function(AlbumNames.Thumbnail), (AlbumNames.News, "AWS::SNS")),
        ((AlbumNames.News, "AWS::SNS"), (AlbumNames.News, "AWS::SQS::Queue")),
        ((AlbumNames.News, "AWS::SQS::Queue"), Service(AlbumNames.Notify)),
        (Table(AlbumNames.Photos), Service(AlbumNames.Count)),
        (Function(AlbumNames.Count), Table(AlbumNames.Counts)),
    ];

    static (string Name, string Type) Bucket => (AlbumNames.Bucket, "AWS::S3::Bucket");

    /// <summary>The edges that are not there; none when the map is whole.</summary>
    public static IReadOnlyList<string> Missing(IReadOnlyList<ServiceItem> services, bool isChainFull)
    {
        var byId = services.ToDictionary(service => service.ReferenceId, service => (service.Name, service.Type));
        var edges = services.SelectMany(service => service.Edges.Select(edge => (From: (service.Name, service.Type), To: byId.GetValueOrDefault(edge.ReferenceId)))).ToHashSet();
        return [.. OfFunctions.Concat(isChainFull ? OfFullChain : []).Where(call => !edges.Contains(call!)).Select(call => $"{call.From.Name} → {call.To.Name} on the service map")];
    }

    static (string Name, string Type) Service(string function) => (function, "AWS::Lambda");

    static (string Name, string Type) Table(string name) => (name, "AWS::DynamoDB::Table");

    static (string Name, string Type) Function(string name) => (name, "AWS::Lambda::Function");
}
