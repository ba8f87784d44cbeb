using System.Text.Json;

namespace Lambray.Server.AwsFront.ExecuteApi;

/// <summary>Who was let in by a route or method that is not open to everybody.</summary>
/// <param name="Kind">The name under which events tell it: <c>lambda</c>, <c>jwt</c> or <c>iam</c>.</param>
/// <param name="Context">JSON: what the authorizer said besides.</param>
sealed record AuthorizedCaller(string Kind, JsonElement? Context, string? PrincipalId = null);
