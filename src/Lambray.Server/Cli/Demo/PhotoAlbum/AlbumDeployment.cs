using System.Text.Json.Nodes;
using Lambray.Aws;
using Lambray.Server.Cli.AwsApi;
using Lambray.Server.Cli.Deploy;

namespace Lambray.Server.Cli.Demo.PhotoAlbum;

/// <summary>Makes the photo album by the public APIs, or what of it is not there yet.</summary>
sealed class AlbumDeployment(AwsClient aws, AlbumNames names, TimeProvider time)
{
    const int TimeoutSeconds = 30;

    /// <summary>How many requests the API serves at once; more are throttled.</summary>
    public const int ApiConcurrency = 4;

    readonly JsonApi lambda = new(aws, "lambda");
    readonly JsonApi sqs = new(aws, "sqs");
    readonly JsonApi dynamo = new(aws, "dynamodb");
    readonly JsonApi apis = new(aws, "apigateway");
    readonly QueryApi sns = new(aws, "sns", "2010-03-31");
    readonly FunctionDeployment functions = new(aws, time);

    /// <summary>The ARN of the role that all four functions have.</summary>
    public async Task<string> EnsureRoleAsync(CancellationToken cancellation)
    {
        var role = await functions.EnsureRoleAsync(AlbumNames.Application, cancellation);
        var policy = new JsonObject
        {
            ["Version"] = "2012-10-17",
            ["Statement"] = new JsonArray(
                Allow("arn:aws:s3:::" + AlbumNames.Bucket + "/*", "s3:GetObject", "s3:PutObject"),
                Allow($"arn:aws:dynamodb:*:*:table/{AlbumNames.Application}-*", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:Query",
                    "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream", "dynamodb:ListStreams"),
                Allow(names.TopicArn, "sns:Publish"),
                Allow(names.QueueArn(AlbumNames.Application + "-*"), "sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")),
        };
        await new IamApi(aws).PutRolePolicyAsync(AlbumNames.Application, AlbumNames.Application, policy.ToJsonString(), cancellation);
        return role;
    }

    /// <summary>Two tables, of which the photos' has a stream; the stream's ARN.</summary>
    public async Task<string> EnsureTablesAsync(CancellationToken cancellation)
    {
        await EnsureTableAsync(new JsonObject
        {
            ["TableName"] = AlbumNames.Photos,
            ["AttributeDefinitions"] = new JsonArray(Attribute("id"), Attribute("album")),
            ["KeySchema"] = new JsonArray(Hash("id")),
            ["GlobalSecondaryIndexes"] = new JsonArray(new JsonObject
            {
                ["IndexName"] = "album",
                ["KeySchema"] = new JsonArray(Hash("album")),
                ["Projection"] = new JsonObject { ["ProjectionType"] = "ALL" },
            }),
            ["BillingMode"] = "PAY_PER_REQUEST",
            ["StreamSpecification"] = new JsonObject { ["StreamEnabled"] = true, ["StreamViewType"] = "NEW_IMAGE" },
        }, cancellation);
        await EnsureTableAsync(new JsonObject
        {
            ["TableName"] = AlbumNames.Counts,
            ["AttributeDefinitions"] = new JsonArray(Attribute("album")),
            ["KeySchema"] = new JsonArray(Hash("album")),
            ["BillingMode"] = "PAY_PER_REQUEST",
        }, cancellation);
        var described = await dynamo.CallAsync("DynamoDB_20120810.DescribeTable", new() { ["TableName"] = AlbumNames.Photos }, cancellation);
        return (string)described!["Table"]!["LatestStreamArn"]!;

        static JsonObject Attribute(string name) => new() { ["AttributeName"] = name, ["AttributeType"] = "S" };

        static JsonObject Hash(string name) => new() { ["AttributeName"] = name, ["KeyType"] = "HASH" };
    }

    /// <summary>The topic, the queue that subscribes to it, and where what failed is put.</summary>
    public async Task EnsureMessagingAsync(CancellationToken cancellation)
    {
        foreach (var queue in (string[])[AlbumNames.FailedPhotos, AlbumNames.FailedNews, AlbumNames.FailedRecords]) await EnsureQueueAsync(queue, [], cancellation);
        await EnsureQueueAsync(AlbumNames.News, new JsonObject
        {
            ["RedrivePolicy"] = new JsonObject { ["deadLetterTargetArn"] = names.QueueArn(AlbumNames.FailedNews), ["maxReceiveCount"] = 3 }.ToJsonString(),
            ["Policy"] = Policy(new JsonObject
            {
                ["Effect"] = "Allow",
                ["Principal"] = new JsonObject { ["Service"] = "sns.amazonaws.com" },
                ["Action"] = "sqs:SendMessage",
                ["Resource"] = names.QueueArn(AlbumNames.News),
                ["Condition"] = new JsonObject { ["ArnEquals"] = new JsonObject { ["aws:SourceArn"] = names.TopicArn } },
            }),
        }, cancellation);
        await sns.CallAsync("CreateTopic", new() { ["Name"] = AlbumNames.News }, cancellation);
        await sns.CallAsync("Subscribe", new() { ["TopicArn"] = names.TopicArn, ["Protocol"] = "sqs", ["Endpoint"] = names.QueueArn(AlbumNames.News) }, cancellation);
    }

    public Task EnsureFunctionAsync(AlbumCode code, string role, byte[] zip, CancellationToken cancellation) => functions.EnsureCodeAsync(
        new(code.Name, code.Runtime, role, code.Handler, new(zip), TimeoutSeconds, code.Memory, new(new Dictionary<string, string>
        {
            ["BUCKET"] = AlbumNames.Bucket,
            ["PHOTOS"] = AlbumNames.Photos,
            ["COUNTS"] = AlbumNames.Counts,
            ["TOPIC"] = names.TopicArn,
        }), new("Active")), cancellation);

    /// <summary>S3 tells the first function, the queue feeds the second, the stream the third; the API has a limit.</summary>
    public async Task EnsureTriggersAsync(string stream, CancellationToken cancellation)
    {
        await LetInvokeAsync(AlbumNames.Thumbnail, "s3.amazonaws.com", cancellation);
        await new S3Api(aws).PutNotificationsAsync(AlbumNames.Bucket, $"""
            <NotificationConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><CloudFunctionConfiguration>
              <Id>photos</Id><CloudFunction>{names.FunctionArn(AlbumNames.Thumbnail)}</CloudFunction><Event>s3:ObjectCreated:*</Event>
              <Filter><S3Key><FilterRule><Name>prefix</Name><Value>photos/</Value></FilterRule></S3Key></Filter>
            </CloudFunctionConfiguration></NotificationConfiguration>
            """, cancellation);
        // What cannot be decoded now cannot be in a minute either.
        await lambda.SendAsync(HttpMethod.Put, $"/2019-09-25/functions/{AlbumNames.Thumbnail}/event-invoke-config",
            new() { ["MaximumRetryAttempts"] = 0, ["DestinationConfig"] = OnFailure(AlbumNames.FailedPhotos) }, cancellation);
        await EnsureMappingAsync(new JsonObject
        {
            ["FunctionName"] = AlbumNames.Notify,
            ["EventSourceArn"] = names.QueueArn(AlbumNames.News),
            // A batch of many traces would be worked at in a new one, here and with the stream; and what failed there would have been counted in part.
            ["BatchSize"] = 1,
            ["FunctionResponseTypes"] = new JsonArray("ReportBatchItemFailures"),
        }, cancellation);
        await EnsureMappingAsync(new JsonObject
        {
            ["FunctionName"] = AlbumNames.Count,
            ["EventSourceArn"] = stream,
            ["StartingPosition"] = "TRIM_HORIZON",
            ["BatchSize"] = 1,
            ["MaximumRetryAttempts"] = 2,
            ["DestinationConfig"] = OnFailure(AlbumNames.FailedRecords),
            // A photo counts once its followers know of it.
            ["FilterCriteria"] = new JsonObject { ["Filters"] = new JsonArray(new JsonObject { ["Pattern"] = """{"dynamodb":{"NewImage":{"state":{"S":["announced"]}}}}""" }) },
        }, cancellation);
        await lambda.SendAsync(HttpMethod.Put, $"/2017-10-31/functions/{AlbumNames.Api}/concurrency", new() { ["ReservedConcurrentExecutions"] = ApiConcurrency }, cancellation);
    }

    /// <summary>The HTTP API's id.</summary>
    public async Task<string> EnsureHttpApiAsync(CancellationToken cancellation)
    {
        await LetInvokeAsync(AlbumNames.Api, "apigateway.amazonaws.com", cancellation);
        var known = await apis.SendAsync(HttpMethod.Get, "/v2/apis", null, cancellation);
        if (known!["items"]!.AsArray().FirstOrDefault(api => (string?)api!["name"] == AlbumNames.Application) is { } there) return (string)there["apiId"]!;
        var id = (string)(await apis.SendAsync(HttpMethod.Post, "/v2/apis", new() { ["name"] = AlbumNames.Application, ["protocolType"] = "HTTP" }, cancellation))!["apiId"]!;
        var integration = await apis.SendAsync(HttpMethod.Post, $"/v2/apis/{id}/integrations",
            new() { ["integrationType"] = "AWS_PROXY", ["integrationUri"] = names.FunctionArn(AlbumNames.Api), ["payloadFormatVersion"] = "2.0" }, cancellation);
        foreach (var route in (string[])["POST /photos", "GET /photos/{id}", "GET /albums/{album}"])
            await apis.SendAsync(HttpMethod.Post, $"/v2/apis/{id}/routes", new() { ["routeKey"] = route, ["target"] = $"integrations/{integration!["integrationId"]}" }, cancellation);
        await apis.SendAsync(HttpMethod.Post, $"/v2/apis/{id}/stages", new() { ["stageName"] = "$default", ["autoDeploy"] = true }, cancellation);
        return id;
    }

    Task EnsureTableAsync(JsonObject table, CancellationToken cancellation) =>
        UnlessThereAsync("ResourceInUseException", () => dynamo.CallAsync("DynamoDB_20120810.CreateTable", table, cancellation));

    Task<JsonNode?> EnsureQueueAsync(string name, JsonObject attributes, CancellationToken cancellation) =>
        sqs.CallAsync("AmazonSQS.CreateQueue", new() { ["QueueName"] = name, ["Attributes"] = attributes }, cancellation);

    Task EnsureMappingAsync(JsonObject mapping, CancellationToken cancellation) =>
        UnlessThereAsync("ResourceConflictException", () => lambda.SendAsync(HttpMethod.Post, "/2015-03-31/event-source-mappings", mapping, cancellation));

    Task LetInvokeAsync(string function, string principal, CancellationToken cancellation) =>
        UnlessThereAsync("ResourceConflictException", () => lambda.SendAsync(HttpMethod.Post, $"/2015-03-31/functions/{function}/policy",
            new() { ["StatementId"] = AlbumNames.Application, ["Action"] = "lambda:InvokeFunction", ["Principal"] = principal }, cancellation));

    JsonObject OnFailure(string queue) => new() { ["OnFailure"] = new JsonObject { ["Destination"] = names.QueueArn(queue) } };

    static string Policy(JsonObject statement) => new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray(statement) }.ToJsonString();

    static JsonObject Allow(string resource, params string[] actions) =>
        new() { ["Effect"] = "Allow", ["Action"] = new JsonArray([.. actions.Select(action => JsonValue.Create(action))]), ["Resource"] = resource };

    static async Task UnlessThereAsync(string code, Func<Task> create)
    {
        try
        {
            await create();
        }
        catch (AwsException refusal) when (refusal.Code == code)
        {
        }
    }
}
