namespace Lambray.Server.AwsFront.XRay.AccountSettings;

/// <summary>The routes of what an account sets for all its traces.</summary>
static class AccountSettingsEndpoints
{
    public static void MapAccountSettings(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/EncryptionConfig", EncryptionOperations.GetEncryptionConfig);
        routes.MapPost("/PutEncryptionConfig", EncryptionOperations.PutEncryptionConfig);
        routes.MapPost("/PutResourcePolicy", ResourcePolicyOperations.PutResourcePolicy);
        routes.MapPost("/DeleteResourcePolicy", ResourcePolicyOperations.DeleteResourcePolicy);
        routes.MapPost("/ListResourcePolicies", ResourcePolicyOperations.ListResourcePolicies);
        routes.MapPost("/GetIndexingRules", IndexingOperations.GetIndexingRules);
        routes.MapPost("/UpdateIndexingRule", IndexingOperations.UpdateIndexingRule);
        routes.MapPost("/GetTraceSegmentDestination", DestinationOperations.GetTraceSegmentDestination);
        routes.MapPost("/UpdateTraceSegmentDestination", DestinationOperations.UpdateTraceSegmentDestination);
    }
}
