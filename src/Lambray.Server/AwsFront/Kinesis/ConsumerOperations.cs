using Lambray.Functions.Registry;
using Lambray.Resources.Kinesis;

namespace Lambray.Server.AwsFront.Kinesis;

/// <summary>Registered consumers. They are kept and read as everybody reads; the pushing of records to them (SubscribeToShard) is not there.</summary>
static class ConsumerOperations
{
    const int ConsumersMax = 20;
    const int ListSize = 100;
    const int ListSizeMax = 10_000;

    public static async Task RegisterStreamConsumer(HttpContext http)
    {
        var request = await KinesisForm.ReadAsync(http, KinesisJson.Default.ConsumerRequest);
        var name = StreamNames.Require(request.ConsumerName, "consumerName");
        var consumer = new StreamConsumer(name, KinesisDoor.Now(http)) { Tags = StreamTags.Check(request.Tags ?? new Dictionary<string, string>()) };
        var account = KinesisDoor.Home(http).AccountId;
        var stream = await KinesisDoor.Streams(http).ChangeAsync(Target(http, request.StreamArn), stream =>
        {
            if (stream.Consumers.Any(present => present.Name == name))
                throw KinesisErrors.InUse($"Consumer {name} already exists for stream {stream.Name} under account {account}.");
            if (stream.Consumers.Count >= ConsumersMax) throw KinesisErrors.LimitExceeded($"Stream {stream.Name} under account {account} has {ConsumersMax} registered consumers, which is the limit.");
            return stream with { Consumers = [.. stream.Consumers, consumer] };
        });
        // As AWS answers, whose consumers come to life in the background.
        await KinesisForm.WriteAsync(http, new RegisterStreamConsumerAnswer(Wire(http, stream, consumer, "CREATING")), KinesisJson.Default.RegisterStreamConsumerAnswer);
    }

    public static async Task DescribeStreamConsumer(HttpContext http)
    {
        var request = await KinesisForm.ReadAsync(http, KinesisJson.Default.ConsumerRequest);
        var stream = KinesisDoor.Streams(http).Get(Target(http, request.ConsumerArn ?? request.StreamArn)).Model;
        var consumer = Get(http, stream, request);
        await KinesisForm.WriteAsync(
            http, new DescribeStreamConsumerAnswer(Wire(http, stream, consumer) with { StreamArn = stream.Arn(KinesisDoor.Home(http)).ToString() }),
            KinesisJson.Default.DescribeStreamConsumerAnswer);
    }

    public static async Task ListStreamConsumers(HttpContext http)
    {
        var request = await KinesisForm.ReadAsync(http, KinesisJson.Default.ListStreamConsumersRequest);
        new Validation().RequireRange(request.MaxResults, "maxResults", 1, ListSizeMax).ThrowIfAny();
        var now = KinesisDoor.Now(http);
        var stream = KinesisDoor.Streams(http).Get(Target(http, request.StreamArn)).Model;
        var after = request.NextToken is { } token ? ListToken.Require(token, now).Place : "";
        var count = request.MaxResults ?? ListSize;
        var found = stream.Consumers.OrderBy(consumer => consumer.Name, StringComparer.Ordinal).Where(consumer => string.CompareOrdinal(consumer.Name, after) > 0).Take(count + 1).ToArray();
        await KinesisForm.WriteAsync(
            http,
            new ListStreamConsumersAnswer(
                [.. found.Take(count).Select(consumer => Wire(http, stream, consumer))], found.Length > count ? new ListToken(stream.Name, found[count - 1].Name, now).ToString() : null),
            KinesisJson.Default.ListStreamConsumersAnswer);
    }

    public static async Task DeregisterStreamConsumer(HttpContext http)
    {
        var request = await KinesisForm.ReadAsync(http, KinesisJson.Default.ConsumerRequest);
        await KinesisDoor.Streams(http).ChangeAsync(Target(http, request.ConsumerArn ?? request.StreamArn), stream =>
        {
            var consumer = Get(http, stream, request);
            return stream with { Consumers = [.. stream.Consumers.Where(other => other != consumer)] };
        });
        await KinesisForm.WriteNothingAsync(http);
    }

    static string Target(HttpContext http, string? arn)
    {
        var name = StreamNames.OfArn(arn, "streamARN", KinesisDoor.Home(http));
        http.Features.Set(new CalledStream(name));
        return name;
    }

    static StreamConsumer Get(HttpContext http, StreamModel stream, ConsumerRequest request)
    {
        var home = KinesisDoor.Home(http);
        if (request is { ConsumerArn: null, ConsumerName: null }) throw KinesisErrors.InvalidArgument("Either ConsumerARN, or StreamARN and ConsumerName are required.");
        return stream.Consumers.FirstOrDefault(consumer => request.ConsumerArn is { } arn ? consumer.Arn(stream, home) == arn : consumer.Name == request.ConsumerName)
            ?? throw KinesisErrors.NotFound($"Consumer {request.ConsumerArn ?? request.ConsumerName}, account {home.AccountId} not found.");
    }

    static ConsumerWire Wire(HttpContext http, StreamModel stream, StreamConsumer consumer, string status = KinesisWire.Active) =>
        new(consumer.Name, consumer.Arn(stream, KinesisDoor.Home(http)), status, consumer.Created.ToEpochSeconds());
}
