using System.Text.Json.Serialization;
using Lambray.Aws;
using Lambray.Server.AwsFront.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Lambray.Server.ConsoleApi.SignIn;

/// <summary>Signing in to the console with an access key, and out again.</summary>
static class SignInEndpoints
{
    public const string Path = ConsoleEndpoints.Api + "/session";

    public static void MapSignIn(this IEndpointRouteBuilder api)
    {
        api.MapGet("/session", Get);
        api.MapPost("/session", SignIn);
        api.MapDelete("/session", SignOut);
    }

    // Cookies are what these three are about: they are the only ones that see more of a request than its values.
    static SessionState Get(HttpContext http)
    {
        var isRequired = http.RequestServices.GetService<RequestGate>() is not null;
        return new SessionState(isRequired, isRequired ? ConsoleAdmission.FindCaller(http)?.Arn.ToString() : null);
    }

    static async Task<NoContent> SignIn([FromBody] SignInAsked asked, [FromServices] ConsoleSessions sessions, HttpContext http)
    {
        var name = await sessions.TryBeginAsync(asked.AccessKeyId, asked.SecretAccessKey)
            ?? throw new AwsException("InvalidClientTokenId", StatusCodes.Status403Forbidden, "There is no such access key, or the secret is not its own.");
        http.Response.Cookies.Append(ConsoleAdmission.Cookie, name, Options(http.Request));
        return TypedResults.NoContent();
    }

    static async Task<NoContent> SignOut([FromServices] ConsoleSessions sessions, HttpContext http)
    {
        if (http.Request.Cookies[ConsoleAdmission.Cookie] is { } name) await sessions.EndAsync(name);
        http.Response.Cookies.Delete(ConsoleAdmission.Cookie, Options(http.Request));
        return TypedResults.NoContent();
    }

    // No script reads it, and no other site sends it along.
    static CookieOptions Options(HttpRequest request) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = AwsFront.ServiceDispatch.ConsolePrefix, Secure = request.IsHttps, IsEssential = true };
}

/// <param name="IsRequired">Whether one has to sign in on this server.</param>
/// <param name="User">Who has signed in, as an ARN; null when nobody has.</param>
sealed record SessionState(bool IsRequired, string? User);

sealed record SignInAsked(string AccessKeyId, string SecretAccessKey);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SessionState))]
[JsonSerializable(typeof(SignInAsked))]
sealed partial class SignInJson : JsonSerializerContext;
