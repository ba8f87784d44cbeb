using Lambray.Resources.Metrics;

namespace Lambray.Functions.Invocation.Metrics;

/// <summary>The metrics that Lambda writes ("Types of metrics for Lambda functions" in the Developer Guide).</summary>
/// <param name="IsGauge">Whether its values say how much there is, and do not add up.</param>
public sealed record LambdaMetric(string Name, string Unit, bool IsGauge = false)
{
    public const string Namespace = "AWS/Lambda";

    public static readonly LambdaMetric Invocations = new("Invocations", MetricUnit.Count);
    public static readonly LambdaMetric Errors = new("Errors", MetricUnit.Count);
    public static readonly LambdaMetric Throttles = new("Throttles", MetricUnit.Count);
    public static readonly LambdaMetric RecursiveInvocationsDropped = new("RecursiveInvocationsDropped", MetricUnit.Count);
    public static readonly LambdaMetric Duration = new("Duration", MetricUnit.Milliseconds);
    public static readonly LambdaMetric PostRuntimeExtensionsDuration = new("PostRuntimeExtensionsDuration", MetricUnit.Milliseconds);

    public static readonly LambdaMetric ConcurrentExecutions = new("ConcurrentExecutions", MetricUnit.Count, IsGauge: true);
    public static readonly LambdaMetric UnreservedConcurrentExecutions = new("UnreservedConcurrentExecutions", MetricUnit.Count, IsGauge: true);
    public static readonly LambdaMetric ProvisionedConcurrentExecutions = new("ProvisionedConcurrentExecutions", MetricUnit.Count, IsGauge: true);
    public static readonly LambdaMetric ProvisionedConcurrencyUtilization = new("ProvisionedConcurrencyUtilization", MetricUnit.None, IsGauge: true);
    public static readonly LambdaMetric ProvisionedConcurrencyInvocations = new("ProvisionedConcurrencyInvocations", MetricUnit.Count);
    public static readonly LambdaMetric ProvisionedConcurrencySpilloverInvocations = new("ProvisionedConcurrencySpilloverInvocations", MetricUnit.Count);

    public static readonly LambdaMetric AsyncEventsReceived = new("AsyncEventsReceived", MetricUnit.Count);
    public static readonly LambdaMetric AsyncEventAge = new("AsyncEventAge", MetricUnit.Milliseconds);
    public static readonly LambdaMetric AsyncEventsDropped = new("AsyncEventsDropped", MetricUnit.Count);
    public static readonly LambdaMetric DeadLetterErrors = new("DeadLetterErrors", MetricUnit.Count);
    public static readonly LambdaMetric DestinationDeliveryFailures = new("DestinationDeliveryFailures", MetricUnit.Count);

    public static readonly LambdaMetric IteratorAge = new("IteratorAge", MetricUnit.Milliseconds);

    public static readonly LambdaMetric UrlRequestCount = new("UrlRequestCount", MetricUnit.Count);
    public static readonly LambdaMetric Url4xxCount = new("Url4xxCount", MetricUnit.Count);
    public static readonly LambdaMetric Url5xxCount = new("Url5xxCount", MetricUnit.Count);
    public static readonly LambdaMetric UrlRequestLatency = new("UrlRequestLatency", MetricUnit.Milliseconds);
}
