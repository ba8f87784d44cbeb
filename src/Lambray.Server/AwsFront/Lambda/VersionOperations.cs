using System.Text.Json.Serialization;
using Lambray.Aws;
using Lambray.Functions.Registry.Versions;
using static Lambray.Server.AwsFront.Lambda.LambdaRequest;

namespace Lambray.Server.AwsFront.Lambda;

/// <summary>The published versions of functions. One is deleted by DeleteFunction with a qualifier.</summary>
static class VersionOperations
{
    const int MaxItemsMax = 10_000;

    public static async Task PublishVersion(HttpContext http)
    {
        var request = await ReadOptionalAsync(http, VersionJson.Default.PublishVersionRequest) ?? new PublishVersionRequest();
        UnavailableSettings.Refuse("PublishTo", request.PublishTo is not null);
        var version = await Versions(http).PublishAsync(FunctionNameOf(http), request.Description, request.CodeSha256, Revision(request.RevisionId));
        await WriteAsync(http, version.ToWire(version.QualifiedArn, Service<AwsHome>(http)), LambdaJson.Default.FunctionConfigurationWire, StatusCodes.Status201Created);
    }

    public static Task ListVersionsByFunction(HttpContext http)
    {
        var page = ListPage.Of(http.Request, MaxItemsMax);
        var home = Service<AwsHome>(http);
        var after = page.After is { } key ? VersionKey.Read(key).Version : (long?)null;
        var (versions, marker) = page.Cut(Versions(http).List(FunctionNameOf(http), after, page.Size + 1), VersionKey.Of);
        return WriteAsync(http, new ListVersionsResponse([.. versions.Select(version => version.ToListedWire(version.QualifiedArn, home))], marker),
            VersionJson.Default.ListVersionsResponse);
    }

    static FunctionVersions Versions(HttpContext http) => Service<FunctionVersions>(http);
}

sealed record PublishVersionRequest
{
    public string? CodeSha256 { get; init; }

    public string? Description { get; init; }

    public string? RevisionId { get; init; }

    public string? PublishTo { get; init; }
}

sealed record ListVersionsResponse(IReadOnlyList<FunctionConfigurationWire> Versions, string? NextMarker);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PublishVersionRequest))]
[JsonSerializable(typeof(ListVersionsResponse))]
sealed partial class VersionJson : JsonSerializerContext;
