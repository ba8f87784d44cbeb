using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lambray.Functions.Invocation.Events;
using Lambray.Tests.Resources.Iam;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Lambray.Tests.Server.Lambda;

/// <summary>What becomes of asynchronous events that need no second attempt.</summary>
public sealed class HandlingEvents(HandlingEvents.Fixture server) : IClassFixture<HandlingEvents.Fixture>
{
    /// <summary>A server with a bucket for records.</summary>
    public sealed class Fixture : WholeServer
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await SendAsync(HttpMethod.Put, $"/{EventRecords.Bucket}");
        }
    }

    const string Source = "exports.handler = async (event) => { if (event.fail) throw new RangeError('too far'); return { got: event }; };";
    const string Arn = $"arn:aws:lambda:{WholeServer.Region}:{WholeServer.Account}:function:";

    [Fact]
    public async Task A_success_goes_to_the_function_that_wants_to_know()
    {
        await server.CreateAsync("successor", KeepingSource("successor"));
        await server.CreateAsync("told", Source);
        await server.ConfigureEventsAsync("told", $$"""{"DestinationConfig":{"OnSuccess":{"Destination":"{{Arn}}successor"} } }""");
        var sent = await server.InvokeAsync("told", """{"n":7}""", "Event");

        var record = await KeptAsync("successor");
        Assert.Equal(
            $$$$"""{"requestContext":{"requestId":"{{{{sent.RequestId}}}}","functionArn":"{{{{Arn}}}}told:$LATEST","condition":"Success","approximateInvokeCount":1},"requestPayload":{"n":7},"responseContext":{"statusCode":200,"executedVersion":"$LATEST"},"responsePayload":{"got":{"n":7}}}""",
            WithoutTime(record));
    }

    [Fact]
    public async Task A_role_that_may_not_send_any_more_sends_nothing_more()
    {
        var role = $"arn:aws:iam::{WholeServer.Account}:role/forgetful";
        await IamAsync("CreateRole", ("AssumeRolePolicyDocument", IamSamples.LambdaTrust));
        await IamAsync("PutRolePolicy", ("PolicyName", "send"), ("PolicyDocument",
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["lambda:InvokeFunction","logs:*"],"Resource":"*"}]}"""));
        await server.CreateAsync("hearing", KeepingSource("hearing"));
        await server.CreateAsync("forgetful", Source, new JsonObject { ["Role"] = role });
        await server.ConfigureEventsAsync("forgetful", $$"""{"DestinationConfig":{"OnSuccess":{"Destination":"{{Arn}}hearing"} } }""");
        await server.InvokeAsync("forgetful", """{"n":1}""", "Event");
        Assert.Equal("""{"n":1}""", (await KeptAsync("hearing")).GetProperty("requestPayload").GetRawText());

        await IamAsync("DeleteRolePolicy", ("PolicyName", "send"));
        await server.InvokeAsync("forgetful", """{"n":2}""", "Event");
        var waiting = server.Services.GetRequiredService<EventQueue>();
        await Eventually.HoldsAsync(() => waiting.List().All(left => left.Function.Name is not ("forgetful" or "hearing")), "no event is left");
        Assert.Equal("""{"n":1}""", (await KeptAsync("hearing")).GetProperty("requestPayload").GetRawText());
    }

    async Task IamAsync(string action, params (string Name, string Value)[] parameters)
    {
        var query = string.Join('&', parameters.Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value)}"));
        var answer = await server.SendAsync(HttpMethod.Post, $"/?Version=2010-05-08&Action={action}&RoleName=forgetful&{query}");
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Body);
    }

    [Fact]
    public async Task A_function_that_may_not_run_at_all_gives_its_events_up_at_once()
    {
        await server.CreateAsync("blocked", Source);
        await server.SendAsync(HttpMethod.Put, "/2017-10-31/functions/blocked/concurrency", """{"ReservedConcurrentExecutions":0}""");
        await server.ConfigureEventsAsync("blocked", """{"DestinationConfig":{"OnFailure":{"Destination":"arn:aws:s3:::records"}}}""");
        await server.InvokeAsync("blocked", "{}", "Event");

        var (_, record) = Assert.Single(await server.FailedEventsAsync("blocked", atLeast: 1));
        Assert.Equal(("ZeroReservedConcurrency", 0), EventRecords.EndOf(record));
        Assert.False(record.TryGetProperty("responsePayload", out _));
    }

    [Fact]
    public async Task An_alias_has_settings_of_its_own()
    {
        await server.CreateAsync("versioned", Source);
        await server.SendAsync(HttpMethod.Post, "/2015-03-31/functions/versioned/versions", "{}");
        await server.SendAsync(HttpMethod.Post, "/2015-03-31/functions/versioned/aliases", """{"Name":"live","FunctionVersion":"1"}""");
        await server.ConfigureEventsAsync("versioned:live", """{"MaximumRetryAttempts":0,"DestinationConfig":{"OnFailure":{"Destination":"arn:aws:s3:::records"}}}""");
        await server.InvokeAsync("versioned:live", """{"fail":true}""", "Event");

        var (_, record) = Assert.Single(await server.FailedEventsAsync("versioned", atLeast: 1));
        Assert.Equal($"{Arn}versioned:live", record.GetProperty("requestContext").GetProperty("functionArn").GetString());
        Assert.Equal("1", record.GetProperty("responseContext").GetProperty("executedVersion").GetString());
    }

    [Fact]
    public async Task A_function_that_invokes_itself_for_ever_is_stopped()
    {
        await server.CreateAsync("loop", """
            const { LambdaClient, InvokeCommand } = require('@aws-sdk/client-lambda');
            const client = new LambdaClient();
            exports.handler = async ({ run }) => { await client.send(new InvokeCommand({ FunctionName: 'loop', InvocationType: 'Event', Payload: JSON.stringify({ run: run + 1 }) })); };
            """, new JsonObject { ["MemorySize"] = 512, ["Timeout"] = 60 });
        await server.ConfigureEventsAsync("loop", """{"DestinationConfig":{"OnFailure":{"Destination":"arn:aws:s3:::records"}}}""");
        await server.InvokeAsync("loop", """{"run":1}""", "Event");

        var (_, record) = Assert.Single(await server.FailedEventsAsync("loop", atLeast: 1));
        Assert.Equal((17, "RecursiveLoop"), (record.GetProperty("requestPayload").GetProperty("run").GetInt32(), EventRecords.EndOf(record).Condition));
    }

    [Fact]
    public async Task The_older_operation_accepts_events_too()
    {
        await server.CreateAsync("older", KeepingSource("older"));
        var accepted = await server.SendAsync(HttpMethod.Post, "/2014-11-13/functions/older/invoke-async", """{"by":"InvokeAsync"}""");
        Assert.Equal((HttpStatusCode.Accepted, """{"Status":202}"""), (accepted.Status, accepted.Body));
        Assert.Equal("""{"by":"InvokeAsync"}""", (await KeptAsync("older")).GetRawText());
    }

    [Fact]
    public async Task A_flooded_function_does_not_keep_another_waiting()
    {
        await server.CreateAsync("flooded", """
            const http = require('http');
            exports.handler = () => new Promise(resolve => {
              const ask = () => http.get(process.env.AWS_ENDPOINT_URL + '/records/gate', answer => answer.resume().on('end', () => answer.statusCode === 200 ? resolve() : setTimeout(ask, 20)));
              ask();
            });
            """, new JsonObject { ["Timeout"] = 600 });
        await server.SendAsync(HttpMethod.Put, "/2017-10-31/functions/flooded/concurrency", """{"ReservedConcurrentExecutions":2}""");
        await server.CreateAsync("quiet", KeepingSource("quiet"));
        await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => server.InvokeAsync("flooded", "{}", "Event")));
        await server.InvokeAsync("quiet", """{"came":"through"}""", "Event");

        Assert.Equal("""{"came":"through"}""", (await KeptAsync("quiet")).GetRawText());
        await server.SendAsync(HttpMethod.Put, "/records/gate", "open");
    }

    /// <summary>Puts its event into the bucket.</summary>
    static string KeepingSource(string name) =>
        $$"""
        const http = require('http');
        exports.handler = (event) => new Promise((resolve, reject) => {
          http.request(process.env.AWS_ENDPOINT_URL + '/records/kept/{{name}}', { method: 'PUT' }, answer => answer.resume().on('end', resolve)).on('error', reject).end(JSON.stringify(event));
        });
        """;

    async Task<JsonElement> KeptAsync(string name)
    {
        ApiAnswer? kept = null;
        await Eventually.HoldsAsync(async () => (kept = await server.SendAsync(HttpMethod.Get, $"/records/kept/{name}")).Status == HttpStatusCode.OK);
        return JsonElement.Parse(kept!.Body);
    }

    static string WithoutTime(JsonElement record)
    {
        var fields = JsonNode.Parse(record.GetRawText())!.AsObject();
        Assert.True(fields.Remove("version") && fields.Remove("timestamp"));
        return fields.ToJsonString();
    }
}
