using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lambray.Aws;
using Lambray.Resources.Messaging;
using Lambray.Resources.Sqs;

namespace Lambray.Resources.Sns.Delivery;

/// <summary>Messages as subscribers get them ("Parsing Amazon SNS message formats" in the Developer Guide).</summary>
public sealed class NotificationText(NotificationSigning signing, AwsHome home)
{
    const int RawAttributesMax = 10;

    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The notification in JSON, which all but raw deliveries wrap a message in.</summary>
    public string Notification(Topic topic, Subscription subscription, TopicMessage message) => Write(json =>
    {
        var body = message.BodyFor(subscription.Protocol);
        var arn = topic.Arn(home).ToString();
        json.WriteString("Type", "Notification");
        json.WriteString("MessageId", message.Id.ToString());
        if (message.SequenceNumber is not null) json.WriteString("SequenceNumber", message.SequenceNumber);
        json.WriteString("TopicArn", arn);
        if (message.Subject is not null) json.WriteString("Subject", message.Subject);
        json.WriteString("Message", body);
        json.WriteString("Timestamp", Timestamp(message.Published));
        // AWS does not sign what goes through FIFO topics.
        if (!topic.IsFifo) WriteSignature(json, topic, message, body, "SigningCertURL");
        json.WriteString("UnsubscribeURL", UnsubscribeUrl(subscription, message.Server));
        if (message.Attributes.Count > 0) WriteAttributes(json, message.Attributes);
    });

    /// <summary>The event of a function that has subscribed.</summary>
    public byte[] LambdaEvent(Topic topic, Subscription subscription, TopicMessage message) => Encoding.UTF8.GetBytes(Write(json =>
    {
        var body = message.BodyFor(subscription.Protocol);
        json.WriteStartArray("Records");
        json.WriteStartObject();
        json.WriteString("EventSource", "aws:sns");
        json.WriteString("EventVersion", "1.0");
        json.WriteString("EventSubscriptionArn", subscription.Arn(home).ToString());
        json.WriteStartObject("Sns");
        json.WriteString("Type", "Notification");
        json.WriteString("MessageId", message.Id.ToString());
        json.WriteString("TopicArn", topic.Arn(home).ToString());
        json.WriteString("Subject", message.Subject);
        json.WriteString("Message", body);
        json.WriteString("Timestamp", Timestamp(message.Published));
        WriteSignature(json, topic, message, body, "SigningCertUrl");
        json.WriteString("UnsubscribeUrl", UnsubscribeUrl(subscription, message.Server));
        WriteAttributes(json, message.Attributes);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }));

    /// <summary>What asks an endpoint whether it wants the subscription.</summary>
    public string Confirmation(Topic topic, Subscription subscription, Guid id, DateTimeOffset now, string server) => Write(json =>
    {
        var arn = topic.Arn(home).ToString();
        var text = $"You have chosen to subscribe to the topic {arn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.";
        var url = $"{server}/?Action=ConfirmSubscription&TopicArn={Uri.EscapeDataString(arn)}&Token={subscription.Token}&Version=2010-03-31";
        var version = VersionOf(topic);
        json.WriteString("Type", "SubscriptionConfirmation");
        json.WriteString("MessageId", id.ToString());
        json.WriteString("Token", subscription.Token);
        json.WriteString("TopicArn", arn);
        json.WriteString("Message", text);
        json.WriteString("SubscribeURL", url);
        json.WriteString("Timestamp", Timestamp(now));
        json.WriteString("SignatureVersion", version);
        json.WriteString("Signature", signing.Sign(Canonical(
            ("Message", text), ("MessageId", id.ToString()), ("SubscribeURL", url), ("Timestamp", Timestamp(now)), ("Token", subscription.Token!), ("TopicArn", arn),
            ("Type", "SubscriptionConfirmation")), version));
        json.WriteString("SigningCertURL", $"{server}/{signing.CertificateName}");
    });

    /// <summary>The message for a queue: raw with its attributes, or the notification.</summary>
    /// <param name="isFifo">Whether the queue keeps an order.</param>
    public NewMessage ToQueue(Topic topic, Subscription subscription, TopicMessage message, bool isFifo)
    {
        var attributes = subscription.IsRaw ? message.Attributes.Take(RawAttributesMax).ToDictionary() : [];
        return new NewMessage(subscription.IsRaw ? message.BodyFor(subscription.Protocol) : Notification(topic, subscription, message), attributes)
        {
            TraceHeader = message.TraceHeader,
            GroupId = isFifo || message.GroupId is not null ? message.GroupId ?? "sns" : null,
            DeduplicationId = isFifo ? message.DeduplicationId ?? message.Id.ToString() : null,
            SenderId = "sns.amazonaws.com",
        };
    }

    public static string Timestamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    void WriteSignature(Utf8JsonWriter json, Topic topic, TopicMessage message, string body, string certificateField)
    {
        var version = VersionOf(topic);
        List<(string, string)> signed = [("Message", body), ("MessageId", message.Id.ToString())];
        if (message.Subject is not null) signed.Add(("Subject", message.Subject));
        signed.AddRange([("Timestamp", Timestamp(message.Published)), ("TopicArn", topic.Arn(home).ToString()), ("Type", "Notification")]);
        json.WriteString("SignatureVersion", version);
        json.WriteString("Signature", signing.Sign(Canonical([.. signed]), version));
        json.WriteString(certificateField, $"{message.Server}/{signing.CertificateName}");
    }

    string UnsubscribeUrl(Subscription subscription, string server) =>
        $"{server}/?Action=Unsubscribe&SubscriptionArn={Uri.EscapeDataString(subscription.Arn(home).ToString())}&Version=2010-03-31";

    static string VersionOf(Topic topic) => topic.Attributes.GetValueOrDefault("SignatureVersion") ?? "1";

    static string Canonical(params IEnumerable<(string Name, string Value)> fields) => string.Concat(fields.Select(field => $"{field.Name}\n{field.Value}\n"));

    static void WriteAttributes(Utf8JsonWriter json, IReadOnlyDictionary<string, MessageAttribute> attributes)
    {
        json.WriteStartObject("MessageAttributes");
        foreach (var (name, attribute) in attributes)
        {
            json.WriteStartObject(name);
            json.WriteString("Type", attribute.DataType);
            if (attribute.Text is null) json.WriteBase64String("Value", attribute.Binary);
            else json.WriteString("Value", attribute.Text);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    static string Write(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}
