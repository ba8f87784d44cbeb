using System.Globalization;
using Lambray.Aws;
using Lambray.Resources.S3;

namespace Lambray.Functions.Invocation.Events.Destinations;

/// <summary>Keeps the records of failed events as objects: <c>FOLDER/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-UUID</c>.</summary>
public sealed class S3Destination(ObjectStore objects) : IEventDestination
{
    static readonly ObjectMetadata Json = new(new Dictionary<string, string> { ["Content-Type"] = "application/json" }, ObjectMetadata.None.User);

    public string Service => "s3";

    public async Task DeliverAsync(EventDelivery delivery)
    {
        if (delivery.IsSuccess) throw new AwsException("InvalidParameterValueException", 400, "An S3 bucket can be the destination of failures only.");
        using var body = await objects.Receive(new MemoryStream(delivery.Body.ToArray(), writable: false));
        var origin = RequestOrigin.Own("lambda.amazonaws.com") with { Trace = delivery.Trace };
        await objects.PutObject(new NewObject(delivery.Target.Resource, KeyOf(delivery), Json), body, origin);
    }

    static string KeyOf(EventDelivery delivery) => string.Create(
        CultureInfo.InvariantCulture, $"{delivery.Folder}/{delivery.At:yyyy/MM/dd}/{delivery.At:yyyy-MM-ddTHH.mm.ss}-{Guid.NewGuid()}");
}
