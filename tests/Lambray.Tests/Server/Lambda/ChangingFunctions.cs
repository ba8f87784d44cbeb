using System.Net;
using System.Text.Json.Nodes;
using Lambray.Aws;
using Lambray.Functions.Registry;
using Lambray.Tests.Resources.Iam;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Lambray.Tests.Server.Lambda;

/// <summary>What two editors, a running update and the execution role's permissions mean for a change.</summary>
public sealed class ChangingFunctions(WholeServer server) : IClassFixture<WholeServer>
{
    const string Functions = "/2015-03-31/functions";

    [Fact]
    public async Task Each_change_has_a_revision_and_an_old_one_is_refused()
    {
        await server.CreateAsync("revised", "exports.handler = 1;");
        var first = await Revision("revised");
        Assert.Equal(HttpStatusCode.OK, (await Configure("revised", new JsonObject { ["Description"] = "second", ["RevisionId"] = first })).Status);
        await server.SettledAsync("revised");
        foreach (var stale in new[] { first, "no revision" })
        {
            var refused = await Configure("revised", new JsonObject { ["Description"] = "third", ["RevisionId"] = stale });
            Assert.Equal((HttpStatusCode.PreconditionFailed, "PreconditionFailedException"), (refused.Status, refused.Code));
            Assert.Equal("The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id", refused.Json.GetProperty("message").GetString());
        }
        Assert.NotEqual(first, await Revision("revised"));
    }

    [Fact]
    public async Task An_update_waits_for_nobody_while_another_is_in_progress()
    {
        await server.CreateAsync("busy", "exports.handler = 1;");
        var functions = server.Services.GetRequiredService<FunctionRegistry>();
        var name = new FunctionName("busy", null);
        Task<FunctionModel>? second = null;
        functions.Changed += BeginSecond;
        // The second update is in line before the first, which is being made durable here, can be prepared.
        await functions.UpdateConfigurationAsync(name, new FunctionConfig { Description = "first" }, expectedRevision: null);
        functions.Changed -= BeginSecond;
        var error = await Assert.ThrowsAsync<AwsException>(() => second!);
        Assert.Equal(("ResourceConflictException", 409,
            $"The operation cannot be performed at this time. An update is in progress for resource: arn:aws:lambda:{WholeServer.Region}:{WholeServer.Account}:function:busy"),
            (error.Code, error.Status, error.Message));
        Assert.Equal("first", (await server.SettledAsync("busy")).Description);

        void BeginSecond(string changed)
        {
            if (changed == "busy") second ??= functions.UpdateConfigurationAsync(name, new FunctionConfig { Description = "second" },
                expectedRevision: null);
        }
    }

    [Fact]
    public async Task Active_tracing_needs_a_role_that_may_write_traces()
    {
        Assert.Equal(HttpStatusCode.OK,
            (await Iam("CreateRole", ("RoleName", "tracer"), ("AssumeRolePolicyDocument", IamSamples.LambdaTrust))).Status);
        var settings = new JsonObject
        {
            ["Role"] = $"arn:aws:iam::{WholeServer.Account}:role/tracer",
            ["TracingConfig"] = new JsonObject { ["Mode"] = "Active" },
        };
        var create = WholeServer.CreateRequest("traced", WholeServer.Zip(("index.js", "exports.handler = 1;")), settings);
        var refused = await server.SendAsync(HttpMethod.Post, Functions, create.ToJsonString());
        Assert.Equal((HttpStatusCode.BadRequest, "InvalidParameterValueException"), (refused.Status, refused.Code));
        Assert.Equal("The provided execution role does not have permissions to call PutTraceSegments on XRAY",
            refused.Json.GetProperty("message").GetString());

        Assert.Equal(HttpStatusCode.OK, (await Iam("AttachRolePolicy", ("RoleName", "tracer"), ("PolicyArn", IamSamples.XRayWrite))).Status);
        await server.CreateAsync("traced", "exports.handler = 1;", settings);
        Assert.Equal(TracingMode.Active, (await server.SettledAsync("traced")).TracingMode);
    }

    [Fact]
    public async Task Dead_letters_need_a_role_that_may_send_them()
    {
        Assert.Equal(HttpStatusCode.OK, (await Iam("CreateRole", ("RoleName", "sender"), ("AssumeRolePolicyDocument", IamSamples.LambdaTrust))).Status);
        await server.CreateAsync("sending", "exports.handler = 1;", new JsonObject { ["Role"] = $"arn:aws:iam::{WholeServer.Account}:role/sender" });
        var letters = new JsonObject { ["DeadLetterConfig"] = new JsonObject { ["TargetArn"] = $"arn:aws:sqs:{WholeServer.Region}:{WholeServer.Account}:letters" } };
        var refused = await Configure("sending", letters);
        Assert.Equal("The provided execution role does not have permissions to call SendMessage on SQS", refused.Json.GetProperty("message").GetString());
        Assert.Equal(HttpStatusCode.OK, (await Iam("PutRolePolicy", ("RoleName", "sender"), ("PolicyName", "send"),
            ("PolicyDocument", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"*"}]}"""))).Status);
        Assert.Equal(HttpStatusCode.OK, (await Configure("sending", letters)).Status);
        await server.SettledAsync("sending");
        Assert.Equal(HttpStatusCode.OK, (await Configure("sending", new JsonObject { ["DeadLetterConfig"] = new JsonObject { ["TargetArn"] = "" } })).Status);
        Assert.Null((await server.SettledAsync("sending")).DeadLetterTarget);
    }

    [Theory]
    [InlineData("sqs", "arn:aws:sqs:eu-central-1:123456789012:q", "sqs:SendMessage", "SendMessage on SQS")]
    [InlineData("sns", "arn:aws:sns:eu-central-1:123456789012:t", "sns:Publish", "Publish on SNS")]
    [InlineData("s3", "arn:aws:s3:::bucket", "s3:PutObject", "PutObject on S3")]
    [InlineData("events", "arn:aws:events:eu-central-1:123456789012:event-bus/b", "events:PutEvents", "PutEvents on EVENTBRIDGE")]
    public async Task Destinations_need_a_role_that_may_send_to_them(string service, string destination, string action, string call)
    {
        var role = $"teller-{service}";
        Assert.Equal(HttpStatusCode.OK, (await Iam("CreateRole", ("RoleName", role), ("AssumeRolePolicyDocument", IamSamples.LambdaTrust))).Status);
        await server.CreateAsync(role, "exports.handler = 1;", new JsonObject { ["Role"] = $"arn:aws:iam::{WholeServer.Account}:role/{role}" });
        var config = new JsonObject { ["DestinationConfig"] = new JsonObject { ["OnFailure"] = new JsonObject { ["Destination"] = destination } } }.ToJsonString();
        var path = $"/2019-09-25/functions/{role}/event-invoke-config";
        var refused = await server.SendAsync(HttpMethod.Put, path, config);
        Assert.Equal($"The provided execution role does not have permissions to call {call}", refused.Json.GetProperty("message").GetString());
        Assert.Equal(HttpStatusCode.OK, (await Iam("PutRolePolicy", ("RoleName", role), ("PolicyName", "send"),
            ("PolicyDocument", $$$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"{{{action}}}","Resource":"{{{destination}}}*"}]}"""))).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Put, path, config)).Status);
    }

    [Fact]
    public async Task Of_a_role_that_was_never_made_here_nothing_is_asked()
    {
        await server.CreateAsync("trusting", "exports.handler = 1;", new JsonObject { ["TracingConfig"] = new JsonObject { ["Mode"] = "Active" } });
        Assert.Equal(TracingMode.Active, (await server.SettledAsync("trusting")).TracingMode);
    }

    [Fact]
    public async Task Functions_survive_a_restart_and_change_no_more_than_their_clock()
    {
        await using var first = await WholeServer.StartAsync();
        await first.CreateAsync("lasting", "exports.handler = async () => 'still here';",
            new JsonObject { ["Tags"] = new JsonObject { ["team"] = "a" } });
        var before = await first.SendAsync(HttpMethod.Get, Functions + "/lasting/configuration");
        await first.StopAsync();
        await first.InitializeAsync();
        Assert.Equal(before.Body, (await first.SendAsync(HttpMethod.Get, Functions + "/lasting/configuration")).Body);
        Assert.Equal("\"still here\"", (await first.InvokeAsync("lasting")).Succeeded);
    }

    async Task<string> Revision(string name) =>
        (await server.SendAsync(HttpMethod.Get, $"{Functions}/{name}/configuration")).Succeeded.GetProperty("RevisionId").GetString()!;

    Task<ApiAnswer> Configure(string name, JsonObject settings) =>
        server.SendAsync(HttpMethod.Put, $"{Functions}/{name}/configuration", settings.ToJsonString());

    Task<ApiAnswer> Iam(string action, params (string Name, string Value)[] parameters) => server.SendAsync(HttpMethod.Post,
        $"/?Version=2010-05-08&Action={action}&{string.Join('&', parameters.Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value)}"))}");
}
