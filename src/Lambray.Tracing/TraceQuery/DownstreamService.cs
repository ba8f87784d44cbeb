using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceQuery;

/// <summary>What a downstream call says of the service that it went to.</summary>
static class DownstreamService
{
    public const string DynamoDbTable = "AWS::DynamoDB::Table";
    public const string SqsQueue = "AWS::SQS::Queue";
    public const string KinesisStream = "AWS::Kinesis::Stream";
    public const string Sql = "Database::SQL";

    // SDKs name a call after the client's class (Node.js 3, Java) or the endpoint (Python, Node.js 2); the map wants one node for both.
    static readonly Dictionary<string, string> Services = new(StringComparer.OrdinalIgnoreCase)
    {
        ["DynamoDB"] = "DynamoDB",
        ["EventBridge"] = "Events",
        ["Events"] = "Events",
        ["Firehose"] = "Firehose",
        ["IAM"] = "IAM",
        ["Kinesis"] = "Kinesis",
        ["KMS"] = "KMS",
        ["Lambda"] = "Lambda",
        ["Logs"] = "CloudWatchLogs",
        ["CloudWatchLogs"] = "CloudWatchLogs",
        ["S3"] = "S3",
        ["SecretsManager"] = "SecretsManager",
        ["SFN"] = "StepFunctions",
        ["States"] = "StepFunctions",
        ["StepFunctions"] = "StepFunctions",
        ["SNS"] = "SNS",
        ["SQS"] = "SQS",
        ["SSM"] = "SSM",
        ["STS"] = "STS",
    };

    /// <summary>The origin of the segment inferred from a call; null for a remote one, which tells only its name.</summary>
    public static string? Origin(Subsegment call)
    {
        if (call.Sql is not null) return Sql;
        if (call.Namespace != "aws") return null;
        return ServiceName(call.Name) switch
        {
            "DynamoDB" when call.TableName() is not null => DynamoDbTable,
            "SQS" when call.QueueName() is not null => SqsQueue,
            "Kinesis" when call.StreamName() is not null => KinesisStream,
            var service => "AWS::" + service,
        };
    }

    /// <summary>The node of an inferred segment: the resource where the call names one, else the service.</summary>
    public static ServiceId Node(Segment inferred) => inferred.Origin switch
    {
        DynamoDbTable => new ServiceId(inferred.TableName() ?? inferred.Name, DynamoDbTable),
        SqsQueue => new ServiceId(inferred.QueueName() ?? inferred.Name, SqsQueue),
        KinesisStream => new ServiceId(inferred.StreamName() ?? inferred.Name, KinesisStream),
        null => new ServiceId(inferred.Name, ServiceId.RemoteType),
        Sql => new ServiceId(inferred.Name, Sql),
        var origin => new ServiceId(ServiceName(inferred.Name), origin),
    };

    static string ServiceName(string called) => Services.GetValueOrDefault(called, called);
}
