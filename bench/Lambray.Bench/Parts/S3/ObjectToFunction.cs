using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Lambray.Bench.Figures;
using Lambray.Bench.Functions;
using Lambray.Bench.Processes;

namespace Lambray.Bench.Parts.S3;

/// <summary>From the request that puts an object until the function that is told of it has run, beside an asynchronous Invoke of the same function.</summary>
static partial class ObjectToFunction
{
    const int Rounds = 300;
    const int WarmUpRounds = 50;
    const string Function = "told";
    const string Bucket = "telling";

    public static async Task RunAsync(Workplace place, LambrayProcess lambray)
    {
        using var functions = await lambray.PrepareFunctionsAsync(place);
        await functions.CreateAsync(Function, new Subjects(place).NativeLoop);
        using var http = new HttpClient { BaseAddress = lambray.Address };
        await SendAsync(http, HttpMethod.Put, $"/{Bucket}", "");
        await SendAsync(http, HttpMethod.Post, $"/2015-03-31/functions/{Function}/policy",
            """{"StatementId":"s3","Action":"lambda:InvokeFunction","Principal":"s3.amazonaws.com"}""");
        await SendAsync(http, HttpMethod.Put, $"/{Bucket}?notification",
            $"<NotificationConfiguration><CloudFunctionConfiguration><CloudFunction>arn:aws:lambda:us-east-1:000000000000:function:{Function}</CloudFunction><Event>s3:ObjectCreated:*</Event></CloudFunctionConfiguration></NotificationConfiguration>");

        var (invoked, told) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var round = -WarmUpRounds; round < Rounds; round++)
        {
            var byInvoke = await UntilRunAsync(http, () => InvokeAsync(http));
            var byObject = await UntilRunAsync(http, () => SendAsync(http, HttpMethod.Put, $"/{Bucket}/key", "x"));
            if (round < 0) continue;
            invoked.Add(byInvoke);
            told.Add(byObject);
        }
        invoked.Sort();
        told.Sort();
        var table = new Table(place.Output, "Until the native loop has run", "p50", "p99", "p50/Invoke");
        await table.WriteHeadAsync();
        await table.WriteRowAsync("asynchronous Invoke", Text.Milliseconds(invoked.Percentile(0.5)), Text.Milliseconds(invoked.Percentile(0.99)), Text.Ratio(1));
        await table.WriteRowAsync("object put", Text.Milliseconds(told.Percentile(0.5)), Text.Milliseconds(told.Percentile(0.99)), Text.Ratio(told.Percentile(0.5) / invoked.Percentile(0.5)));
    }

    static async Task<TimeSpan> UntilRunAsync(HttpClient http, Func<Task> act)
    {
        var before = await InvocationsAsync(http);
        var started = Stopwatch.GetTimestamp();
        await act();
        // Asked without a pause: an answer takes a fraction of what is measured.
        while (await InvocationsAsync(http) == before)
        {
        }
        return Stopwatch.GetElapsedTime(started);
    }

    static async Task<double> InvocationsAsync(HttpClient http)
    {
        var line = InvocationsLine().Match(await http.GetStringAsync("/metrics"));
        return line.Success ? double.Parse(line.Groups["count"].Value, CultureInfo.InvariantCulture) : 0;
    }

    static async Task InvokeAsync(HttpClient http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/2015-03-31/functions/{Function}/invocations") { Content = new StringContent("{}") };
        request.Headers.Add("X-Amz-Invocation-Type", "Event");
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    static async Task SendAsync(HttpClient http, HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body) };
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    [GeneratedRegex("^lambray_function_invocations_total\\{function=\"" + Function + "\"\\} (?<count>[0-9.e+]+)", RegexOptions.Multiline)]
    private static partial Regex InvocationsLine();
}
