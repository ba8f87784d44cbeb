namespace Lambray.Server.AwsFront.ExecuteApi.HttpApis;

/// <summary>Where in a request an authorizer finds who is asking: <c>$request.header.NAME</c>, <c>$request.querystring.NAME</c>, <c>$context.NAME</c>, <c>$stageVariables.NAME</c>.</summary>
static class IdentitySource
{
    const string Header = "$request.header.";
    const string Query = "$request.querystring.";
    const string Context = "$context.";
    const string StageVariable = "$stageVariables.";

    public static string? Find(HttpApiCall call, string source)
    {
        if (Below(source, Header) is { } header) return call.Request.Headers[header].FirstOrDefault();
        if (Below(source, Query) is { } query) return call.Request.Query[query].FirstOrDefault();
        if (Below(source, StageVariable) is { } variable) return call.Stage.StageVariables?.GetValueOrDefault(variable);
        return Below(source, Context) switch
        {
            "routeKey" => call.Route.RouteKey,
            "httpMethod" => call.Request.Method,
            "path" => call.Path,
            "stage" => call.Stage.StageName,
            "identity.sourceIp" => HttpEvents.EventParts.SourceIp(call.Request),
            "identity.userAgent" => call.Request.Headers.UserAgent.ToString(),
            _ => null,
        };
    }

    static string? Below(string source, string prefix) => source.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? source[prefix.Length..] : null;
}
