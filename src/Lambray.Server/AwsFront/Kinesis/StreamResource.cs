using Lambray.Resources.Kinesis;

namespace Lambray.Server.AwsFront.Kinesis;

/// <summary>What tags and policies are attached to: a stream, or a consumer of one, by its ARN.</summary>
sealed record StreamResource(string Stream, string? ConsumerArn)
{
    public static StreamResource Of(HttpContext http, string? arn)
    {
        var stream = StreamNames.OfArn(arn, "resourceARN", KinesisDoor.Home(http));
        http.Features.Set(new CalledStream(stream));
        return new StreamResource(stream, arn!.Contains("/consumer/", StringComparison.Ordinal) ? arn : null);
    }

    /// <summary>Reads from the consumer, or else from the stream.</summary>
    public T Read<T>(HttpContext http, Func<StreamModel, T> ofStream, Func<StreamConsumer, T> ofConsumer)
    {
        var stream = KinesisDoor.Streams(http).Get(Stream).Model;
        return ConsumerArn is null ? ofStream(stream) : ofConsumer(Consumer(http, stream));
    }

    public Task ChangeAsync(HttpContext http, Func<StreamModel, StreamModel> changeStream, Func<StreamConsumer, StreamConsumer> changeConsumer) =>
        KinesisDoor.Streams(http).ChangeAsync(Stream, stream =>
        {
            if (ConsumerArn is null) return changeStream(stream);
            var found = Consumer(http, stream);
            return stream with { Consumers = [.. stream.Consumers.Select(consumer => consumer == found ? changeConsumer(found) : consumer)] };
        });

    StreamConsumer Consumer(HttpContext http, StreamModel stream) =>
        stream.Consumers.FirstOrDefault(consumer => consumer.Arn(stream, KinesisDoor.Home(http)) == ConsumerArn)
        ?? throw KinesisErrors.NotFound($"Consumer {ConsumerArn}, account {KinesisDoor.Home(http).AccountId} not found.");
}
