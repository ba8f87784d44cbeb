using Lambray.Server.Cli.Drawing;
using Lambray.Tracing.Segments;

namespace Lambray.Server.Cli.Demo;

/// <summary>What to try once the demo is through: the console, and the AWS CLI against this server.</summary>
static class NextSteps
{
    public static IEnumerable<InkedLine> Draw(Uri server, string region, string? function, TraceId trace)
    {
        var aws = $"aws --endpoint-url {server.GetLeftPart(UriPartial.Authority)} --region {region}";
        return
        [
            new(new InkedText("Console  ", Ink.Strong), server.ToString()),
            InkedLine.Empty,
            new(new InkedText("With the AWS CLI", Ink.Strong)),
            new("  export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test"),
            .. function is null ? (InkedLine[])[] : [new($"  {aws} lambda invoke --function-name {function} /dev/stdout")],
            new($"  {aws} xray batch-get-traces --trace-ids {trace}"),
            new($"  {aws} xray get-service-graph --start-time $(($(date +%s) - 600)) --end-time $(date +%s)"),
        ];
    }
}
