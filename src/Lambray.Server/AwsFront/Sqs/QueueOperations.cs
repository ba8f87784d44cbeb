using System.Text;
using Lambray.Resources.Sqs;

namespace Lambray.Server.AwsFront.Sqs;

/// <summary>CreateQueue, DeleteQueue, GetQueueUrl, ListQueues, ListDeadLetterSourceQueues, PurgeQueue.</summary>
static class QueueOperations
{
    const int PageMax = 1_000;

    public static async Task CreateQueue(HttpContext http)
    {
        var request = SqsDoor.Read(http, SqsJson.Wire.QueueRequest);
        var queue = await SqsDoor.Queues(http).CreateAsync(
            request.QueueName, request.Attributes ?? [], request.NewTags ?? request.Tags ?? []);
        await SqsDoor.WriteAsync(http, new QueueUrlAnswer(SqsDoor.UrlOf(http, queue)), SqsJson.Wire.QueueUrlAnswer);
    }

    public static async Task DeleteQueue(HttpContext http)
    {
        var queue = SqsDoor.Queue(http, SqsDoor.Read(http, SqsJson.Wire.QueueRequest).QueueUrl);
        await SqsDoor.Queues(http).DeleteAsync(queue.Config.Name);
        await SqsDoor.WriteNothingAsync(http);
    }

    public static Task GetQueueUrl(HttpContext http)
    {
        var request = SqsDoor.Read(http, SqsJson.Wire.QueueRequest);
        if (request.QueueName is null) throw SqsErrors.Missing("QueueName");
        if (request.QueueOwnerAWSAccountId is { } owner && owner != SqsDoor.Home(http).AccountId) throw SqsErrors.QueueDoesNotExist();
        var queue = SqsDoor.Queues(http).Get(request.QueueName);
        return SqsDoor.WriteAsync(http, new QueueUrlAnswer(SqsDoor.UrlOf(http, queue)), SqsJson.Wire.QueueUrlAnswer);
    }

    public static Task ListQueues(HttpContext http)
    {
        var request = SqsDoor.Read(http, SqsJson.Wire.QueueRequest);
        var found = SqsDoor.Queues(http).All.Where(queue => queue.Config.Name.StartsWith(request.QueueNamePrefix ?? "", StringComparison.Ordinal));
        var (page, next) = Page(found, request);
        var urls = page.Select(queue => SqsDoor.UrlOf(http, queue)).ToArray();
        return SqsDoor.WriteAsync(http, new QueueUrlsAnswer(urls.Length == 0 ? null : urls, next), SqsJson.Wire.QueueUrlsAnswer);
    }

    public static Task ListDeadLetterSourceQueues(HttpContext http)
    {
        var request = SqsDoor.Read(http, SqsJson.Wire.QueueRequest);
        var (page, next) = Page(SqsDoor.Queues(http).SourcesOf(SqsDoor.Queue(http, request.QueueUrl)), request);
        return SqsDoor.WriteAsync(http, new SourceQueuesAnswer([.. page.Select(queue => SqsDoor.UrlOf(http, queue))], next), SqsJson.Wire.SourceQueuesAnswer);
    }

    public static async Task PurgeQueue(HttpContext http)
    {
        await SqsDoor.Queue(http, SqsDoor.Read(http, SqsJson.Wire.QueueRequest).QueueUrl).PurgeAsync();
        await SqsDoor.WriteNothingAsync(http);
    }

    // The token is the name of the last queue of the page before. Without MaxResults AWS gives a thousand, and no token.
    static (IReadOnlyList<MessageQueue> Page, string? Next) Page(IEnumerable<MessageQueue> queues, QueueRequest request)
    {
        if (request.MaxResults is < 1 or > PageMax) throw SqsErrors.InvalidValue(request.MaxResults, "MaxResults", $"MaxResults must be an integer between 1 and {PageMax}.");
        var after = After(request.NextToken);
        var found = queues.Where(queue => after is null || string.CompareOrdinal(queue.Config.Name, after) > 0).Take((request.MaxResults ?? PageMax) + 1).ToArray();
        var page = found.Take(request.MaxResults ?? PageMax).ToArray();
        return (page, request.MaxResults is not null && found.Length > page.Length ? Convert.ToBase64String(Encoding.UTF8.GetBytes(page[^1].Config.Name)) : null);
    }

    static string? After(string? token)
    {
        if (token is null) return null;
        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw SqsErrors.InvalidValue("Invalid or expired next token.");
    }
}
