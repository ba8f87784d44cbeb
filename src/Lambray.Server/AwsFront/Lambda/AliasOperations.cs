using System.Text.Json.Serialization;
using Lambray.Functions.Registry;
using Lambray.Functions.Registry.Aliases;
using static Lambray.Server.AwsFront.Lambda.LambdaRequest;

namespace Lambray.Server.AwsFront.Lambda;

/// <summary>The aliases of functions.</summary>
static class AliasOperations
{
    const int MaxItemsMax = 10_000;

    public static async Task CreateAlias(HttpContext http)
    {
        var request = await ReadAsync(http, AliasJson.Default.AliasRequest);
        var function = FunctionNameOf(http);
        await WriteAliasAsync(http, function, await Aliases(http).CreateAsync(function, request.Name, request.ToConfig()), StatusCodes.Status201Created);
    }

    public static Task GetAlias(HttpContext http)
    {
        var function = FunctionNameOf(http);
        return WriteAliasAsync(http, function, Aliases(http).Get(function, PathValue(http, "name")));
    }

    public static Task ListAliases(HttpContext http)
    {
        var function = FunctionNameOf(http);
        var version = http.Request.Query["FunctionVersion"] is [{ } asked] ? asked : null;
        var (aliases, marker) = ListPage.Of(http.Request, MaxItemsMax).Take(Aliases(http).List(function, version), alias => alias.Name);
        return WriteAsync(http, new ListAliasesResponse([.. aliases.Select(alias => ToWire(http, function, alias))], marker), AliasJson.Default.ListAliasesResponse);
    }

    public static async Task UpdateAlias(HttpContext http)
    {
        var request = await ReadAsync(http, AliasJson.Default.AliasRequest);
        var function = FunctionNameOf(http);
        await WriteAliasAsync(http, function, await Aliases(http).UpdateAsync(function, PathValue(http, "name"), request.ToConfig(), Revision(request.RevisionId)));
    }

    public static async Task DeleteAlias(HttpContext http)
    {
        await Aliases(http).DeleteAsync(FunctionNameOf(http), PathValue(http, "name"));
        WriteNoContent(http);
    }

    static Task WriteAliasAsync(HttpContext http, FunctionName function, Alias alias, int status = StatusCodes.Status200OK) =>
        WriteAsync(http, ToWire(http, function, alias), AliasJson.Default.AliasWire, status);

    static AliasWire ToWire(HttpContext http, FunctionName function, Alias alias) => new(
        Aliases(http).ArnOf(function, alias.Name), alias.Name, alias.FunctionVersion, alias.Description,
        alias.Routing is { } routing ? new RoutingConfigWire(new Dictionary<string, double> { [routing.Version] = routing.Weight }) : null,
        alias.RevisionId.ToString());

    static AliasConfig ToConfig(this AliasRequest request) => new(
        request.FunctionVersion, request.Description, request.RoutingConfig is { } routing ? routing.AdditionalVersionWeights ?? new Dictionary<string, double>() : null);

    static FunctionAliases Aliases(HttpContext http) => Service<FunctionAliases>(http);
}

/// <summary>What CreateAlias and UpdateAlias are sent.</summary>
sealed record AliasRequest(string? Name, string? FunctionVersion, string? Description, RoutingConfigWire? RoutingConfig, string? RevisionId);

sealed record AliasWire(string AliasArn, string Name, string FunctionVersion, string Description, RoutingConfigWire? RoutingConfig, string RevisionId);

sealed record RoutingConfigWire(IReadOnlyDictionary<string, double>? AdditionalVersionWeights);

sealed record ListAliasesResponse(IReadOnlyList<AliasWire> Aliases, string? NextMarker);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AliasRequest))]
[JsonSerializable(typeof(AliasWire))]
[JsonSerializable(typeof(ListAliasesResponse))]
sealed partial class AliasJson : JsonSerializerContext;
