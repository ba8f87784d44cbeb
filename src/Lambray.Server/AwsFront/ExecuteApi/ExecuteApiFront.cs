using Lambray.Aws;
using Lambray.Resources.ApiGateway.HttpApis;
using Lambray.Resources.ApiGateway.RestApis;
using Lambray.Server.AwsFront.ExecuteApi.HttpApis;
using Lambray.Server.AwsFront.ExecuteApi.RestApis;
using Lambray.Server.AwsFront.HttpEvents;
using Microsoft.AspNetCore.Http.Features;

namespace Lambray.Server.AwsFront.ExecuteApi;

/// <summary>The addresses of API Gateway's APIs behind the one port: every method and every path is the API's own.</summary>
static class ExecuteApiFront
{
    // "Quotas for configuring and running an HTTP API": the same for REST APIs.
    public const long RequestBytesMax = 10 * 1024 * 1024;

    public static readonly ServiceFront Front = new(
        AwsService.ExecuteApi, routes => routes.Map("{**path}", AnswerAsync), WriteErrorAsync, RequestBytesMax, _ => "APIs")
    {
        // Each route says for itself whom it lets in.
        Admit = _ => Task.CompletedTask,
    };

    static Task AnswerAsync(HttpContext http)
    {
        var address = ApiAddress.Of(http.Request, http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        if (http.RequestServices.GetRequiredService<HttpApiDirectory>().Find(address.ApiId) is { } api) return HttpApiRequests.AnswerAsync(http, api, address.Path);
        if (http.RequestServices.GetRequiredService<RestApiDirectory>().Find(address.ApiId) is { } rest) return RestApiRequests.AnswerAsync(http, rest, address.Path);
        // An API that is not there has no host name in AWS.
        throw new AwsException("", StatusCodes.Status404NotFound, "Not Found");
    }

    // HTTP APIs say in the body alone what is wrong.
    static Task WriteErrorAsync(HttpContext http, AwsException error)
    {
        // Only who is refused by an authorizer is told so with a capital letter.
        var member = error.Code == "AccessDeniedException" ? "Message" : "message";
        var body = EventParts.WriteObject(json => json.WriteString(member, error.Status == StatusCodes.Status413PayloadTooLarge ? "Request Entity Too Large" : error.Message));
        http.Response.StatusCode = error.Status;
        if (error.Code.Length > 0) http.Response.Headers[JsonErrors.ErrorTypeHeader] = error.Code;
        foreach (var (name, value) in error.Headers) http.Response.Headers[name] = value;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        return http.Response.Body.WriteAsync(body).AsTask();
    }
}
