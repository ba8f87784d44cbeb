using System.Net;
using Lambray.Server.Daemon;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Lambray.Tests.Server.Tracing;

/// <summary>An application outside, with an X-Ray SDK of its own, that calls a function.</summary>
public sealed class TracingFromUpstream
{
    [Fact]
    public async Task Its_part_and_that_of_a_PassThrough_function_are_one_trace()
    {
        await using var server = await WholeServer.StartAsync(config => config with { Daemon = new IPEndPoint(IPAddress.Loopback, 0) });
        await server.CreateAsync("passing", "exports.handler = async () => 'passed';");
        var daemon = server.Services.GetRequiredService<DaemonListener>().Address;

        var answered = await ClientProcess.Boto3(server.Address, $"""
            from aws_xray_sdk.core import patch, xray_recorder
            xray_recorder.configure(service="shop", sampling=False, daemon_address="{daemon}")
            patch(["botocore"])
            segment = xray_recorder.begin_segment("shop")
            answer = client("lambda").invoke(FunctionName="passing", Payload=b"null")["Payload"].read()
            xray_recorder.end_segment()
            print(segment.trace_id, answer.decode())
            """);

        var (id, answer) = answered.Succeeded.Split(' ') is [var trace, var payload] ? (TraceId.TryParse(trace, out var parsed) ? parsed : default, payload.Trim()) : throw new InvalidDataException(answered.Succeeded);
        Assert.Equal("\"passed\"", answer);
        var rows = StoredTrace.Timeline(id, await StoredTrace.WithAsync(server.Http, id, "shop", "lambda", "passing", "passing", "Initialization", "Overhead")).Rows;
        var shop = rows.Single(row => row.Name == "shop");
        var call = rows.Single(row => row is { Name: "lambda", Kind: TimelineRowKind.Subsegment });
        var service = rows.Single(row => row.Origin == "AWS::Lambda");
        var function = rows.Single(row => row.Origin == "AWS::Lambda::Function");
        Assert.Equal([shop.Id, call.Id, service.Id], new[] { call, service, function }.Select(row => row.ParentId!.Value));
    }
}
