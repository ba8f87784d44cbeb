using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Xunit;

namespace Lambray.Tests.Server.Lambda;

/// <summary>How a test sets what becomes of a function's events, and reads the records of those that failed.</summary>
static class EventRecords
{
    public const string Bucket = "records";

    /// <summary>Sets a function's event invoke config, or an alias's (<c>name:alias</c>).</summary>
    public static async Task ConfigureEventsAsync(this WholeServer server, string function, string config)
    {
        var (name, qualifier) = function.Split(':') is [var plain, var alias] ? (plain, $"?Qualifier={alias}") : (function, "");
        var answer = await server.SendAsync(HttpMethod.Put, $"/2019-09-25/functions/{name}/event-invoke-config{qualifier}", config);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Body);
    }

    /// <summary>The records of a function's failed events in the bucket, once there are as many.</summary>
    public static async Task<IReadOnlyList<(string Key, JsonElement Record)>> FailedEventsAsync(this WholeServer server, string function, int atLeast)
    {
        var keys = new List<string>();
        await Eventually.HoldsAsync(async () =>
        {
            var listing = await server.SendAsync(HttpMethod.Get, $"/{Bucket}?list-type=2&prefix=aws/lambda/async/{function}/");
            keys = [.. XDocument.Parse(listing.Body).Descendants().Where(element => element.Name.LocalName == "Key").Select(element => element.Value)];
            return keys.Count >= atLeast;
        });
        var records = new List<(string, JsonElement)>();
        foreach (var key in keys) records.Add((key, JsonElement.Parse((await server.SendAsync(HttpMethod.Get, $"/{Bucket}/{key}")).Body)));
        return records;
    }

    /// <summary>Why the event is over, and how often it was tried.</summary>
    public static (string? Condition, int InvokeCount) EndOf(JsonElement record)
    {
        var context = record.GetProperty("requestContext");
        return (context.GetProperty("condition").GetString(), context.GetProperty("approximateInvokeCount").GetInt32());
    }
}
