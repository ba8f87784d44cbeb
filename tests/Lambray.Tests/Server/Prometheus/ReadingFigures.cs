using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace Lambray.Tests.Server.Prometheus;

/// <summary>What Prometheus collects, read by the rules of its text format.</summary>
public sealed partial class ReadingFigures : IAsyncLifetime
{
    WholeServer server = null!;

    public async ValueTask InitializeAsync() => server = await WholeServer.StartAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Functions_and_the_server_are_counted()
    {
        await server.CreateAsync("watched", "exports.handler = async (event) => { if (event.fail) throw new Error('no'); };");
        for (var i = 0; i < 3; i++) await server.InvokeAsync("watched");
        await server.InvokeAsync("watched", """{"fail":true}""");

        using var answer = await server.Http.GetAsync("/metrics", TestContext.Current.CancellationToken);
        var samples = Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal((HttpStatusCode.OK, "text/plain; version=0.0.4; charset=utf-8"), (answer.StatusCode, answer.Content.Headers.ContentType?.ToString()));
        Assert.Equal(4, samples["""lambray_function_invocations_total{function="watched"}"""]);
        Assert.Equal(1, samples["""lambray_function_errors_total{function="watched"}"""]);
        Assert.Equal(0, samples["""lambray_function_running_invocations{function="watched"}"""]);
        Assert.Equal(4, samples["""lambray_function_duration_seconds_count{function="watched"}"""]);
        Assert.Equal(4, samples["""lambray_function_duration_seconds_bucket{function="watched",le="+Inf"}"""]);
        Assert.InRange(samples["""lambray_function_duration_seconds_bucket{function="watched",le="0.01"}"""], 0, 4);
        Assert.InRange(samples["""lambray_function_duration_seconds_sum{function="watched"}"""], 0.0001, 40);
        Assert.Equal((1, 1, 128.0 * 1024 * 1024), (samples["lambray_environments"], samples["lambray_environments_idle"], samples["lambray_environments_memory_bytes"]));
        Assert.Contains("""lambray_segment_documents_total{outcome="accepted"}""", samples.Keys);
        Assert.Equal(0, samples["lambray_datagrams_dropped_total"]);
        Assert.True(samples["process_resident_memory_bytes"] > 0);
    }

    // Every line is a comment or a sample, and every sample's family was announced before.
    static Dictionary<string, double> Parse(string text)
    {
        var samples = new Dictionary<string, double>();
        var family = "";
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            if (Announcement().Match(line) is { Success: true } announced)
            {
                family = announced.Groups[1].Value;
                continue;
            }
            if (line.StartsWith("# HELP ", StringComparison.Ordinal)) continue;
            var sample = Sample().Match(line);
            Assert.True(sample.Success && sample.Groups[1].Value.StartsWith(family, StringComparison.Ordinal), line);
            samples.Add(sample.Groups[1].Value + sample.Groups[2].Value, double.Parse(sample.Groups[3].Value, CultureInfo.InvariantCulture));
        }
        return samples;
    }

    [GeneratedRegex("^# TYPE ([a-z_]+) (?:counter|gauge|histogram)$")]
    private static partial Regex Announcement();

    [GeneratedRegex("""^([a-z_]+)(\{[a-z]+="[^"]*"(?:,[a-z]+="[^"]*")*\})? ([0-9.E+-]+)$""")]
    private static partial Regex Sample();
}
