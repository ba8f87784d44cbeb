using System.Collections.Frozen;

namespace Lambray.Server.AwsFront.XRay;

/// <summary>The operations of the X-Ray API, each a POST to a path of its own, with or without a signature.</summary>
static class XRayOperations
{
    static readonly FrozenDictionary<string, string> NamesByPath = new Dictionary<string, string>
    {
        ["/Traces"] = "BatchGetTraces",
        ["/CancelTraceRetrieval"] = "CancelTraceRetrieval",
        ["/CreateGroup"] = "CreateGroup",
        ["/CreateSamplingRule"] = "CreateSamplingRule",
        ["/DeleteGroup"] = "DeleteGroup",
        ["/DeleteResourcePolicy"] = "DeleteResourcePolicy",
        ["/DeleteSamplingRule"] = "DeleteSamplingRule",
        ["/EncryptionConfig"] = "GetEncryptionConfig",
        ["/GetGroup"] = "GetGroup",
        ["/Groups"] = "GetGroups",
        ["/GetIndexingRules"] = "GetIndexingRules",
        ["/Insight"] = "GetInsight",
        ["/InsightEvents"] = "GetInsightEvents",
        ["/InsightImpactGraph"] = "GetInsightImpactGraph",
        ["/InsightSummaries"] = "GetInsightSummaries",
        ["/GetRetrievedTracesGraph"] = "GetRetrievedTracesGraph",
        ["/GetSamplingRules"] = "GetSamplingRules",
        ["/SamplingStatisticSummaries"] = "GetSamplingStatisticSummaries",
        ["/SamplingTargets"] = "GetSamplingTargets",
        ["/ServiceGraph"] = "GetServiceGraph",
        ["/TimeSeriesServiceStatistics"] = "GetTimeSeriesServiceStatistics",
        ["/TraceGraph"] = "GetTraceGraph",
        ["/GetTraceSegmentDestination"] = "GetTraceSegmentDestination",
        ["/TraceSummaries"] = "GetTraceSummaries",
        ["/ListResourcePolicies"] = "ListResourcePolicies",
        ["/ListRetrievedTraces"] = "ListRetrievedTraces",
        ["/ListTagsForResource"] = "ListTagsForResource",
        ["/PutEncryptionConfig"] = "PutEncryptionConfig",
        ["/PutResourcePolicy"] = "PutResourcePolicy",
        ["/TelemetryRecords"] = "PutTelemetryRecords",
        ["/TraceSegments"] = "PutTraceSegments",
        ["/StartTraceRetrieval"] = "StartTraceRetrieval",
        ["/TagResource"] = "TagResource",
        ["/UntagResource"] = "UntagResource",
        ["/UpdateGroup"] = "UpdateGroup",
        ["/UpdateIndexingRule"] = "UpdateIndexingRule",
        ["/UpdateSamplingRule"] = "UpdateSamplingRule",
        ["/UpdateTraceSegmentDestination"] = "UpdateTraceSegmentDestination",
    }.ToFrozenDictionary();

    public static bool IsPath(string path) => NamesByPath.ContainsKey(path);

    /// <summary>The operation's name, whether or not we have it; null for a path that is none.</summary>
    public static string? FindName(string path) => NamesByPath.GetValueOrDefault(path);
}
