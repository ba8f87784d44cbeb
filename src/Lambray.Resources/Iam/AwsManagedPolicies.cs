using System.Collections.Frozen;
using Lambray.Aws;

namespace Lambray.Resources.Iam;

/// <summary>The policies that AWS keeps for everyone (<c>arn:aws:iam::aws:policy/…</c>), as far as Lambda applications attach them.</summary>
static class AwsManagedPolicies
{
    // The ids of AWS's own policies are not published; theirs here are only stable.
    static readonly DateTimeOffset CreateDate = DateTimeOffset.UnixEpoch.AddYears(45);
    static readonly string[] ToLogs = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"];
    static readonly string[] ToXRay =
    [
        "xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules", "xray:GetSamplingTargets",
        "xray:GetSamplingStatisticSummaries",
    ];

    static readonly FrozenDictionary<string, ManagedPolicy> All = new[]
    {
        Allow("/", "AdministratorAccess", "*"),
        // AWS spells the two X-Ray names differently, and a policy's ARN is case-sensitive.
        Allow("/", "AWSXrayWriteOnlyAccess", ToXRay),
        Allow("/", "AWSXRayDaemonWriteAccess", ToXRay),
        Allow("/", "AWSXrayReadOnlyAccess",
            "xray:GetSamplingRules", "xray:GetSamplingTargets", "xray:GetSamplingStatisticSummaries", "xray:BatchGetTraces",
            "xray:BatchGetTraceSummaryById", "xray:GetDistinctTraceGraphs", "xray:GetServiceGraph", "xray:GetTraceGraph",
            "xray:GetTraceSummaries", "xray:GetGroups", "xray:GetGroup", "xray:ListTagsForResource", "xray:ListResourcePolicies",
            "xray:GetTimeSeriesServiceStatistics", "xray:GetInsightSummaries", "xray:GetInsight", "xray:GetInsightEvents",
            "xray:GetInsightImpactGraph"),
        Allow("/", "AWSXrayFullAccess", "xray:*"),
        Allow("/service-role/", "AWSLambdaBasicExecutionRole", ToLogs),
        Allow("/service-role/", "AWSLambdaVPCAccessExecutionRole",
        [
            .. ToLogs, "ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:DeleteNetworkInterface",
            "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses",
        ]),
        Allow("/service-role/", "AWSLambdaSQSQueueExecutionRole",
            [.. ToLogs, "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]),
        Allow("/service-role/", "AWSLambdaDynamoDBExecutionRole",
            [.. ToLogs, "dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"]),
        Allow("/service-role/", "AWSLambdaKinesisExecutionRole",
        [
            .. ToLogs, "kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator",
            "kinesis:ListShards", "kinesis:ListStreams", "kinesis:SubscribeToShard",
        ]),
        Allow("/service-role/", "AWSLambdaRole", "lambda:InvokeFunction"),
        Allow("/", "AWSLambda_FullAccess",
            "lambda:*", "cloudformation:DescribeStacks", "cloudformation:ListStackResources", "cloudwatch:GetMetricData", "cloudwatch:ListMetrics",
            "iam:GetPolicy", "iam:GetPolicyVersion", "iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies",
            "iam:ListRoles", "kms:ListAliases", "logs:DescribeLogGroups", "logs:DescribeLogStreams", "logs:FilterLogEvents", "logs:GetLogEvents",
            "states:DescribeStateMachine", "states:ListStateMachines", "tag:GetResources", "xray:BatchGetTraces", "xray:GetTraceSummaries"),
        Allow("/", "AmazonS3FullAccess", "s3:*", "s3-object-lambda:*"),
        Allow("/", "AmazonS3ReadOnlyAccess", "s3:Get*", "s3:List*", "s3:Describe*", "s3-object-lambda:Get*", "s3-object-lambda:List*"),
        Allow("/", "AmazonSQSFullAccess", "sqs:*"),
        Allow("/", "AmazonSNSFullAccess", "sns:*"),
        Allow("/", "AmazonDynamoDBFullAccess", "dynamodb:*"),
        Allow("/", "AmazonKinesisFullAccess", "kinesis:*"),
        Allow("/", "CloudWatchLogsFullAccess", "logs:*", "cloudwatch:GenerateQuery"),
    }.ToFrozenDictionary(policy => policy.Arn.ToString());

    public static IEnumerable<ManagedPolicy> List => All.Values;

    public static ManagedPolicy? Find(string arn) => All.GetValueOrDefault(arn);

    static ManagedPolicy Allow(string path, string name, params string[] actions)
    {
        var document = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["{{string.Join("\",\"", actions)}}"],"Resource":"*"}]}""";
        var arn = new Arn("aws", "iam", "", "aws", $"policy{path}{name}");
        return new ManagedPolicy(arn, path, name, UniqueId.For(UniqueId.PolicyPrefix, arn), CreateDate, document);
    }
}
