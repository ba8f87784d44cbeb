using System.Text.Json.Serialization;
using Lambray.Functions.Registry.Layers;
using Lambray.Functions.Registry.Policies;
using static Lambray.Server.AwsFront.Lambda.LambdaRequest;

namespace Lambray.Server.AwsFront.Lambda;

/// <summary>The policies of functions and of layers' versions.</summary>
static class PolicyOperations
{
    public static async Task AddPermission(HttpContext http)
    {
        var request = await ReadAsync(http, PolicyJson.Default.AddPermissionRequest);
        var statement = await Policies(http).AddAsync(FunctionNameOf(http), request.ToPermission(), Revision(request.RevisionId));
        await WriteAsync(http, new StatementResponse(statement, null), PolicyJson.Default.StatementResponse, StatusCodes.Status201Created);
    }

    public static Task GetPolicy(HttpContext http)
    {
        var (policy, resource) = Policies(http).Get(FunctionNameOf(http));
        return WritePolicyAsync(http, policy, resource);
    }

    public static async Task RemovePermission(HttpContext http)
    {
        await Policies(http).RemoveAsync(FunctionNameOf(http), PathValue(http, "statementId"), QueriedRevision(http));
        WriteNoContent(http);
    }

    public static async Task AddLayerVersionPermission(HttpContext http)
    {
        var request = await ReadAsync(http, PolicyJson.Default.AddPermissionRequest);
        var (name, version) = LayerOperations.LayerVersionOf(http);
        var (statement, policy) = await Layers(http).AddPermissionAsync(name, version, request.ToPermission(), QueriedRevision(http));
        await WriteAsync(http, new StatementResponse(statement, policy.RevisionId.ToString()), PolicyJson.Default.StatementResponse, StatusCodes.Status201Created);
    }

    public static Task GetLayerVersionPolicy(HttpContext http)
    {
        var (name, version) = LayerOperations.LayerVersionOf(http);
        var (policy, resource) = Layers(http).GetPolicy(name, version);
        return WritePolicyAsync(http, policy, resource);
    }

    public static async Task RemoveLayerVersionPermission(HttpContext http)
    {
        var (name, version) = LayerOperations.LayerVersionOf(http);
        await Layers(http).RemovePermissionAsync(name, version, PathValue(http, "statementId"), QueriedRevision(http));
        WriteNoContent(http);
    }

    static Task WritePolicyAsync(HttpContext http, ResourcePolicy policy, string resource) =>
        WriteAsync(http, new PolicyResponse(PolicyText.Of(policy, resource), policy.RevisionId.ToString()), PolicyJson.Default.PolicyResponse);

    static Guid? QueriedRevision(HttpContext http) => Revision(http.Request.Query["RevisionId"] is [{ } revision] ? revision : null);

    static PermissionRequest ToPermission(this AddPermissionRequest request) => new(request.StatementId, request.Action, request.Principal)
    {
        SourceArn = request.SourceArn,
        SourceAccount = request.SourceAccount,
        EventSourceToken = request.EventSourceToken,
        OrganizationId = request.PrincipalOrgID ?? request.OrganizationId,
        FunctionUrlAuthType = request.FunctionUrlAuthType,
        InvokedViaFunctionUrl = request.InvokedViaFunctionUrl,
    };

    static FunctionPolicies Policies(HttpContext http) => Service<FunctionPolicies>(http);

    static LayerPolicies Layers(HttpContext http) => Service<LayerPolicies>(http);
}

/// <summary>What AddPermission and AddLayerVersionPermission are sent; they call the organization differently.</summary>
sealed record AddPermissionRequest(
    string? StatementId, string? Action, string? Principal, string? SourceArn, string? SourceAccount, string? EventSourceToken, string? RevisionId,
    string? PrincipalOrgID, string? OrganizationId, string? FunctionUrlAuthType, bool? InvokedViaFunctionUrl);

sealed record StatementResponse(string Statement, string? RevisionId);

sealed record PolicyResponse(string Policy, string RevisionId);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AddPermissionRequest))]
[JsonSerializable(typeof(StatementResponse))]
[JsonSerializable(typeof(PolicyResponse))]
sealed partial class PolicyJson : JsonSerializerContext;
