namespace Lambray.Server.AwsFront.XRay.Sampling;

/// <summary>The routes of sampling: rules, targets and statistics.</summary>
static class SamplingEndpoints
{
    public static void MapSampling(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/CreateSamplingRule", SamplingRuleOperations.CreateSamplingRule);
        routes.MapPost("/UpdateSamplingRule", SamplingRuleOperations.UpdateSamplingRule);
        routes.MapPost("/DeleteSamplingRule", SamplingRuleOperations.DeleteSamplingRule);
        routes.MapPost("/GetSamplingRules", SamplingRuleOperations.GetSamplingRules);
        routes.MapPost("/SamplingTargets", SamplingTargetOperations.GetSamplingTargets);
        routes.MapPost("/SamplingStatisticSummaries", SamplingTargetOperations.GetSamplingStatisticSummaries);
    }
}
