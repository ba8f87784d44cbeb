using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lambray.Resources.Kinesis;
using Lambray.Resources.Sqs;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Lambray.Tests.Server.Lambda;

/// <summary>Event source mappings over the API: what is kept, what is refused, what the lists show.</summary>
public sealed class MappingEventSources(MappingEventSources.Fixture server) : IClassFixture<MappingEventSources.Fixture>
{
    const string Mappings = "/2015-03-31/event-source-mappings";
    const string Sources = $"{WholeServer.Region}:{WholeServer.Account}:";
    const string Queue = $"arn:aws:sqs:{Sources}";

    /// <summary>A server with one function, which has a version, with queues and a stream.</summary>
    public sealed class Fixture : WholeServer
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await CreateAsync("fine", "exports.handler = async (event) => event;");
            (await SendAsync(HttpMethod.Post, "/2015-03-31/functions/fine/versions", "{}")).Succeeded.GetProperty("Version");
            var queues = Services.GetRequiredService<QueueDirectory>();
            foreach (var name in (string[])["polled", "changed", "guarded", "other", .. Enumerable.Range(0, 5).Select(number => $"paged{number}")])
                await queues.CreateAsync(name, new Dictionary<string, string>(), new Dictionary<string, string>());
            await Services.GetRequiredService<DataStreams>().CreateAsync("s", shards: 1, stream => stream);
        }
    }

    public static TheoryData<string, string, string> Refusals => new()
    {
        { """{"EventSourceArn":"x"}""", "ValidationException", "Value 'x' at 'eventSourceArn' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:" },
        { """{"EventSourceArn":"arn:aws:s3:::bucket"}""", "InvalidParameterValueException", "Unrecognized event source." },
        { $$"""{"EventSourceArn":"arn:aws:dynamodb:{{Sources}}table/t"}""", "InvalidParameterValueException", "Unrecognized event source." },
        { $$"""{"EventSourceArn":"{{Queue}}q","BatchSize":0,"ParallelizationFactor":11}""", "ValidationException",
            "2 validation errors detected: Value '0' at 'batchSize' failed to satisfy constraint: Member must have value greater than or equal to 1; Value '11' at 'parallelizationFactor'" },
        { $$"""{"EventSourceArn":"{{Queue}}q","StartingPosition":"LATEST"}""", "InvalidParameterValueException", "StartingPosition is not valid for SQS event sources." },
        { $$"""{"EventSourceArn":"{{Queue}}q","ParallelizationFactor":2}""", "InvalidParameterValueException",
            "Unsupported ParallelizationFactor parameter for given event source mapping type." },
        { $$"""{"EventSourceArn":"{{Queue}}q","ScalingConfig":{"MaximumConcurrency":1} }""", "ValidationException", "at 'scalingConfig.maximumConcurrency' failed" },
        { $$"""{"EventSourceArn":"{{Queue}}q","FunctionResponseTypes":["No"]}""", "ValidationException",
            "Value 'No' at 'functionResponseTypes.1.member' failed to satisfy constraint: Member must satisfy enum value set: [ReportBatchItemFailures]" },
        { $$"""{"EventSourceArn":"{{Queue}}q","FunctionResponseTypes":[null]}""", "ValidationException", "Value null at 'functionResponseTypes.1.member'" },
        { $$"""{"EventSourceArn":"{{Queue}}q","FunctionName":"fine:nosuchalias"}""", "InvalidParameterValueException", "Function does not exist" },
        { $$"""{"EventSourceArn":"{{Queue}}missing"}""", "InvalidParameterValueException",
            "Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist." },
        { $$"""{"EventSourceArn":"{{Queue}}q","FunctionName":null}""", "ValidationException", "Value null at 'functionName' failed to satisfy constraint: Member must not be null" },
        { $$"""{"EventSourceArn":"{{Queue}}q.fifo","BatchSize":11,"MaximumBatchingWindowInSeconds":0}""", "InvalidParameterValueException", "FIFO" },
        { $$"""{"EventSourceArn":"arn:aws:kinesis:{{Sources}}stream/s","StartingPosition":"AT_TIMESTAMP"}""", "InvalidParameterValueException", "Need to specify a timestamp" },
        { $$"""{"EventSourceArn":"arn:aws:kinesis:{{Sources}}stream/s","StartingPosition":"LATEST","MaximumRecordAgeInSeconds":30}""", "InvalidParameterValueException", "at least 60" },
        { $$"""{"EventSourceArn":"arn:aws:kinesis:{{Sources}}stream/s","StartingPosition":"LATEST","DestinationConfig":{"OnFailure":{"Destination":"arn:aws:iam::123456789012:role/r"} } }""",
            "InvalidParameterValueException", "The destination ARN arn:aws:iam::123456789012:role/r is invalid." },
        { $$"""{"EventSourceArn":"arn:aws:kinesis:{{Sources}}stream/s","StartingPosition":"LATEST","DestinationConfig":{"OnFailure":{"Destination":"{{Queue}}q.fifo"} } }""",
            "InvalidParameterValueException", "q.fifo is invalid." },
        { $$"""{"EventSourceArn":"arn:aws:kafka:{{Sources}}cluster/c/1"}""", "InvalidParameterValueException", "Required 'topics' parameter is missing." },
        { $$"""{"EventSourceArn":"arn:aws:mq:{{Sources}}broker:b","SourceAccessConfigurations":[]}""", "InvalidParameterValueException", "Required 'queues' parameter is missing." },
        { $$"""{"EventSourceArn":"arn:aws:rds:{{Sources}}cluster:d","SourceAccessConfigurations":[]}""", "InvalidParameterValueException", "Required 'documentDBEventSourceConfig'" },
        { """{"SelfManagedEventSource":{"Endpoints":{"KAFKA_BOOTSTRAP_SERVERS":["nonsense"]}},"SourceAccessConfigurations":[],"Topics":["t1"]}""", "ValidationException",
            "Value 'nonsense' at 'selfManagedEventSource.endpoints.KAFKA_BOOTSTRAP_SERVERS.1.member'" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Mappings_that_cannot_be(string settings, string code, string message)
    {
        var answer = await CreateAsync(settings);
        Assert.Equal((HttpStatusCode.BadRequest, code), (answer.Status, answer.Code));
        Assert.Contains(message, answer.Json.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("arn:aws:kafka:SOURCEcluster/c/1", """{"Topics":["orders"]}""", """{"BatchSize":100,"StartingPosition":"TRIM_HORIZON","Topics":["orders"]}""")]
    [InlineData("arn:aws:mq:SOURCEbroker:b:b-1", """{"Queues":["q"],"SourceAccessConfigurations":[{"Type":"BASIC_AUTH","URI":"arn:aws:secretsmanager:x"}]}""",
        """{"BatchSize":100,"Queues":["q"],"SourceAccessConfigurations":[{"Type":"BASIC_AUTH","URI":"arn:aws:secretsmanager:x"}]}""")]
    [InlineData("arn:aws:rds:SOURCEcluster:d",
        """{"DocumentDBEventSourceConfig":{"DatabaseName":"shop"},"SourceAccessConfigurations":[{"Type":"BASIC_AUTH","URI":"x"}],"StartingPosition":"AT_TIMESTAMP","StartingPositionTimestamp":1741010802.5}""",
        """{"DocumentDBEventSourceConfig":{"DatabaseName":"shop","FullDocument":"Default"},"StartingPosition":"AT_TIMESTAMP","StartingPositionTimestamp":1741010802.5}""")]
    [InlineData("arn:aws:sqs:SOURCEpolled",
        """{"ProvisionedPollerConfig":{"MinimumPollers":2,"MaximumPollers":20},"MetricsConfig":{"Metrics":["EventCount"]},"KMSKeyArn":"arn:aws:kms:x:key/k"}""",
        """{"ProvisionedPollerConfig":{"MinimumPollers":2,"MaximumPollers":20},"MetricsConfig":{"Metrics":["EventCount"]},"KMSKeyArn":"arn:aws:kms:x:key/k","StateTransitionReason":"USER_INITIATED"}""")]
    [InlineData("arn:aws:kinesis:SOURCEstream/s", """{"StartingPosition":"LATEST","TumblingWindowInSeconds":30,"ParallelizationFactor":3,"BisectBatchOnFunctionError":true}""",
        """{"TumblingWindowInSeconds":30,"ParallelizationFactor":3,"BisectBatchOnFunctionError":true,"LastProcessingResult":"No records processed"}""")]
    public async Task What_a_kind_of_source_has_is_kept_and_shown(string arn, string settings, string shown)
    {
        var asked = JsonNode.Parse(settings)!.AsObject();
        asked["EventSourceArn"] = arn.Replace("SOURCE", Sources, StringComparison.Ordinal);
        asked["Enabled"] = false;
        var answer = (await CreateAsync(asked.ToJsonString())).Succeeded;
        var kept = (await server.SendAsync(HttpMethod.Get, $"{Mappings}/{answer.GetProperty("UUID").GetString()}")).Succeeded;
        foreach (var (field, value) in JsonNode.Parse(shown)!.AsObject())
        {
            Assert.Equal(value!.ToJsonString(), JsonNode.Parse(answer.GetProperty(field).GetRawText())!.ToJsonString());
            Assert.Equal(answer.GetProperty(field).GetRawText(), kept.GetProperty(field).GetRawText());
        }
        Assert.Equal("Disabled", kept.GetProperty("State").GetString());
    }

    [Fact]
    public async Task Updates_change_what_they_name_and_empty_structures_take_away()
    {
        var uuid = await CreateSettledAsync("changed",
            """ "BatchSize":20,"MaximumBatchingWindowInSeconds":5,"ScalingConfig":{"MaximumConcurrency":5},"FilterCriteria":{"Filters":[{"Pattern":"{\"a\":[1]}"}]} """);
        var updated = await UpdateAsync(uuid, """{"MaximumBatchingWindowInSeconds":6,"FunctionName":"fine:1","FunctionResponseTypes":["ReportBatchItemFailures"]}""");
        Assert.Equal("Updating", updated.GetProperty("State").GetString());
        Assert.EndsWith(":function:fine:1", updated.GetProperty("FunctionArn").GetString(), StringComparison.Ordinal);
        Assert.Equal((20, 6, 5), (Number(updated, "BatchSize"), Number(updated, "MaximumBatchingWindowInSeconds"), Number(updated.GetProperty("ScalingConfig"), "MaximumConcurrency")));
        Assert.True(updated.TryGetProperty("FilterCriteria", out _));
        await SettledAsync(uuid);

        updated = await UpdateAsync(uuid, """{"FilterCriteria":{},"ScalingConfig":{},"FunctionResponseTypes":[]}""");
        Assert.False(updated.TryGetProperty("FilterCriteria", out _));
        Assert.False(updated.TryGetProperty("ScalingConfig", out _));
        Assert.Equal(0, updated.GetProperty("FunctionResponseTypes").GetArrayLength());
        await SettledAsync(uuid);
        var refused = await server.SendAsync(HttpMethod.Put, $"{Mappings}/{uuid}", """{"MaximumBatchingWindowInSeconds":0}""");
        Assert.Equal(("InvalidParameterValueException", HttpStatusCode.BadRequest), (refused.Code, refused.Status));
        refused = await server.SendAsync(HttpMethod.Put, $"{Mappings}/{uuid}", $$$"""{"DestinationConfig":{"OnSuccess":{"Destination":"{{{Queue}}}done"} } }""");
        Assert.Equal("Unsupported DestinationConfig parameter for given event source mapping type.", refused.Json.GetProperty("message").GetString());
        Assert.False((await UpdateAsync(uuid, """{"DestinationConfig":{}}""")).TryGetProperty("DestinationConfig", out _));
    }

    [Fact]
    public async Task A_mapping_whose_source_is_not_here_says_so()
    {
        var uuid = (await CreateAsync($$"""{"EventSourceArn":"arn:aws:kafka:{{Sources}}cluster/unserved/1","Topics":["orders"]}""")).Succeeded.GetProperty("UUID").GetString()!;
        await SettledAsync(uuid);
        var mapping = (await server.SendAsync(HttpMethod.Get, $"{Mappings}/{uuid}")).Succeeded;
        Assert.Equal("Enabled", mapping.GetProperty("State").GetString());
        Assert.Equal("PROBLEM: Connection error. Amazon MSK is not available on this server, so nothing is read.", mapping.GetProperty("LastProcessingResult").GetString());
    }

    [Fact]
    public async Task The_execution_role_must_be_allowed_to_read_the_source()
    {
        await Iam("Action=CreateRole&RoleName=reader&AssumeRolePolicyDocument=" + Uri.EscapeDataString(
            """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}}"""));
        await server.CreateAsync("guarded", "exports.handler = async (event) => event;", new JsonObject { ["Role"] = $"arn:aws:iam::{WholeServer.Account}:role/reader" });
        var mapping = $$"""{"EventSourceArn":"{{Queue}}guarded","FunctionName":"guarded"}""";
        var refused = await CreateAsync(mapping);
        Assert.Equal("The function execution role does not have permissions to call ReceiveMessage on SQS", refused.Json.GetProperty("message").GetString());

        await Iam("Action=PutRolePolicy&RoleName=reader&PolicyName=queues&PolicyDocument=" + Uri.EscapeDataString(
            $$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["sqs:ReceiveMessage","sqs:DeleteMessage","sqs:GetQueueAttributes"],"Resource":"{{Queue}}guarded"} }"""));
        Assert.Equal(HttpStatusCode.Accepted, (await CreateAsync(mapping)).Status);
        // Another queue is not in the policy.
        Assert.Equal(HttpStatusCode.BadRequest, (await CreateAsync(mapping.Replace(":guarded", ":other", StringComparison.Ordinal))).Status);
    }

    [Fact]
    public async Task Boto3_pages_filters_and_tags() => await Succeed(ClientProcess.Boto3(server.Address, $$"""
        import time
        lambda_ = client("lambda")
        lambda_.create_alias(FunctionName="fine", Name="paged", FunctionVersion="1")
        made = [lambda_.create_event_source_mapping(FunctionName="fine:paged", EventSourceArn=f"{{Queue}}paged{number}") for number in range(5)]
        assert {m["State"] for m in made} == {"Creating"}, made
        pages = list(lambda_.get_paginator("list_event_source_mappings").paginate(FunctionName="fine:paged", PaginationConfig=dict(PageSize=2)))
        assert [len(page["EventSourceMappings"]) for page in pages] == [2, 2, 1], pages
        assert {m["UUID"] for page in pages for m in page["EventSourceMappings"]} == {m["UUID"] for m in made}
        one = lambda_.list_event_source_mappings(EventSourceArn="{{Queue}}paged3")["EventSourceMappings"]
        assert [m["UUID"] for m in one] == [made[3]["UUID"]], one
        assert lambda_.list_event_source_mappings(EventSourceArn="{{Queue}}paged3", FunctionName="other")["EventSourceMappings"] == []
        arn = "arn:aws:lambda:{{Sources}}event-source-mapping:" + made[3]["UUID"]
        lambda_.tag_resource(Resource=arn, Tags=dict(number="3", more="x"))
        lambda_.untag_resource(Resource=arn, TagKeys=["number"])
        assert lambda_.list_tags(Resource=arn)["Tags"] == dict(more="x")

        def settled(uuid):
            while (mapping := lambda_.get_event_source_mapping(UUID=uuid))["State"] not in ("Enabled", "Disabled"):
                time.sleep(0.01)
            return mapping
        uuid = made[0]["UUID"]
        settled(uuid)
        assert lambda_.update_event_source_mapping(UUID=uuid, Enabled=False)["State"] == "Disabling"
        assert settled(uuid)["State"] == "Disabled"
        assert lambda_.delete_event_source_mapping(UUID=uuid)["State"] == "Deleting"
        for _ in range(1000):
            try:
                lambda_.get_event_source_mapping(UUID=uuid)
                time.sleep(0.01)
            except lambda_.exceptions.ResourceNotFoundException:
                break
        else:
            raise AssertionError("It is not gone.")
        """));

    static async Task Succeed(Task<ClientOutcome> client)
    {
        var outcome = await client;
        Assert.True(outcome.ExitCode == 0, outcome.Error + outcome.Output);
    }

    // Of the function "fine", unless the settings say otherwise.
    Task<ApiAnswer> CreateAsync(string settings)
    {
        var request = JsonNode.Parse(settings)!.AsObject();
        if (!request.ContainsKey("FunctionName")) request["FunctionName"] = "fine";
        return server.SendAsync(HttpMethod.Post, Mappings, request.ToJsonString());
    }

    async Task<string> CreateSettledAsync(string queue, string settings)
    {
        var uuid = (await CreateAsync($$"""{"EventSourceArn":"{{Queue}}{{queue}}",{{settings}}}""")).Succeeded.GetProperty("UUID").GetString()!;
        await SettledAsync(uuid);
        return uuid;
    }

    async Task<JsonElement> UpdateAsync(string uuid, string settings) => (await server.SendAsync(HttpMethod.Put, $"{Mappings}/{uuid}", settings)).Succeeded;

    Task SettledAsync(string uuid) => Eventually.HoldsAsync(async () =>
        (await server.SendAsync(HttpMethod.Get, $"{Mappings}/{uuid}")).Succeeded.GetProperty("State").GetString() is "Enabled" or "Disabled");

    static int Number(JsonElement json, string field) => json.GetProperty(field).GetInt32();

    async Task Iam(string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/")
        {
            Content = new StringContent(query + "&Version=2010-05-08", System.Text.Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        request.Headers.TryAddWithoutValidation("Authorization",
            "AWS4-HMAC-SHA256 Credential=test/20260203/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0");
        using var answer = await server.Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }
}
