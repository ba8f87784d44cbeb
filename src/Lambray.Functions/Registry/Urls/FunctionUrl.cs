namespace Lambray.Functions.Registry.Urls;

/// <summary>An HTTP address of a function or of one of its aliases ("Lambda function URLs" in the Developer Guide).</summary>
/// <param name="Id">The first label of its host name.</param>
/// <param name="AuthType"><c>NONE</c> or <c>AWS_IAM</c>.</param>
/// <param name="InvokeMode"><c>BUFFERED</c> or <c>RESPONSE_STREAM</c>.</param>
public sealed record FunctionUrl(string Id, string AuthType, string InvokeMode, Cors? Cors, DateTimeOffset Created, DateTimeOffset LastModified);

/// <summary>Which browsers' pages may call a function's address; null is what was not said.</summary>
/// <param name="MaxAge">Seconds.</param>
public sealed record Cors(
    bool? AllowCredentials, IReadOnlyList<string>? AllowHeaders, IReadOnlyList<string>? AllowMethods, IReadOnlyList<string>? AllowOrigins,
    IReadOnlyList<string>? ExposeHeaders, int? MaxAge);
