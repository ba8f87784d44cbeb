using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Lambray.Aws;
using Lambray.Tracing.Segments;
using Microsoft.Extensions.Logging;

namespace Lambray.Resources.Sns.Delivery;

/// <summary>Posts messages to web servers ("Fanout Amazon SNS notifications to HTTPS endpoints"), and asks them whether they want them.</summary>
public sealed partial class WebEndpoints : ISubscriptionCarrier, IDisposable
{
    // As long as AWS waits for an answer.
    static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(15);

    readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = AnswerLimit };
    readonly CancellationTokenSource stop = new();
    readonly TopicDirectory topics;
    readonly NotificationText text;
    readonly AwsHome home;
    readonly TimeProvider time;
    readonly ILogger<WebEndpoints> logger;

    public WebEndpoints(TopicDirectory topics, NotificationText text, AwsHome home, TimeProvider time, ILogger<WebEndpoints> logger)
    {
        (this.topics, this.text, this.home, this.time, this.logger) = (topics, text, home, time, logger);
        topics.Asked += (subscription, server) => _ = AskAsync(subscription, server);
    }

    public IReadOnlyList<string> Protocols { get; } = ["http", "https"];

    public async Task<DeliveryOutcome> DeliverAsync(Arn topic, Subscription subscription, TopicMessage message, CancellationToken stop)
    {
        if (topics.Find(topic) is not { } found) return DeliveryOutcome.Refused;
        var body = subscription.IsRaw ? message.BodyFor(subscription.Protocol) : text.Notification(found, subscription, message);
        using var request = Request(subscription, "Notification", message.Id, body);
        request.Headers.Add("x-amz-sns-subscription-arn", subscription.Arn(home).ToString());
        if (subscription.IsRaw) request.Headers.Add("x-amz-sns-rawdelivery", "true");
        if (message.TraceHeader is { } trace) request.Headers.TryAddWithoutValidation(TraceHeader.Name, trace);
        return await PostAsync(request, subscription.Endpoint, stop);
    }

    public void Dispose()
    {
        stop.Cancel();
        stop.Dispose();
        http.Dispose();
    }

    // As often as a message would be tried; whoever subscribes again is asked again.
    async Task AskAsync(Subscription subscription, string server)
    {
        if (subscription.Protocol is not ("http" or "https")) return;
        await Task.Yield();
        try
        {
            for (var failed = 1; ; failed++)
            {
                if (topics.Find(home.Regional("sns", subscription.Topic)) is not { } topic) return;
                var id = Guid.NewGuid();
                using var request = Request(subscription, "SubscriptionConfirmation", id, text.Confirmation(topic, subscription, id, time.GetUtcNow(), server));
                if (await PostAsync(request, subscription.Endpoint, stop.Token) != DeliveryOutcome.Failed || DeliveryPolicy.Http.WaitAfter(failed) is not { } wait) return;
                await Task.Delay(wait, time, stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The server ends; the subscription stays pending.
        }
    }

    async Task<DeliveryOutcome> PostAsync(HttpRequestMessage request, string endpoint, CancellationToken stop)
    {
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            if (answer.IsSuccessStatusCode) return DeliveryOutcome.Delivered;
            LogAnswered(endpoint, (int)answer.StatusCode);
            // Other mistakes of the client's would be made again.
            return answer.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError and not HttpStatusCode.TooManyRequests
                ? DeliveryOutcome.Refused
                : DeliveryOutcome.Failed;
        }
        catch (Exception error) when (error is HttpRequestException || (error is TaskCanceledException && !stop.IsCancellationRequested))
        {
            LogNotReached(endpoint, error.Message);
            return DeliveryOutcome.Failed;
        }
    }

    HttpRequestMessage Request(Subscription subscription, string type, Guid id, string body)
    {
        var endpoint = new Uri(subscription.Endpoint);
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new StringContent(body, Encoding.UTF8) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/plain", "UTF-8");
        request.Headers.TryAddWithoutValidation("User-Agent", "Amazon Simple Notification Service Agent");
        request.Headers.Add("x-amz-sns-message-type", type);
        request.Headers.Add("x-amz-sns-message-id", id.ToString());
        request.Headers.Add("x-amz-sns-topic-arn", home.Regional("sns", subscription.Topic).ToString());
        // A user in the address is who it says.
        if (endpoint.UserInfo.Length > 0)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(endpoint.UserInfo))));
        return request;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Endpoint} answered a message of a topic with {Status}")]
    partial void LogAnswered(string endpoint, int status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Endpoint} could not be reached with a message of a topic: {Reason}")]
    partial void LogNotReached(string endpoint, string reason);
}
