using System.Globalization;
using Lambray.Aws;

namespace Lambray.Server.AwsFront.Authentication;

/// <summary>How each kind of service refuses a request for its signature ("Common errors" in the services' API references).</summary>
sealed class SignatureErrors
{
    const string DoesNotMatch = "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.";

    const string InvalidToken = "The security token included in the request is invalid.";

    static readonly SignatureErrors S3 = new(Style.S3);
    static readonly SignatureErrors Query = new(Style.Query);
    static readonly SignatureErrors Sns = new(Style.Query, refusal: "AuthorizationError");
    static readonly SignatureErrors Json = new(Style.Json);
    static readonly SignatureErrors Rest = new(Style.Rest);

    readonly Style style;

    // SNS alone has a name of its own for it.
    readonly string refusal;

    SignatureErrors(Style style, string refusal = "AccessDenied") => (this.style, this.refusal) = (style, refusal);

    enum Style
    {
        S3,
        Query,
        Json,
        Rest,
    }

    public static SignatureErrors Of(HttpContext http) => AwsCall.Of(http).Service switch
    {
        AwsService.S3 => S3,
        AwsService.Iam or AwsService.Sts => Query,
        AwsService.Sns => Sns,
        _ when http.Request.Headers.ContainsKey("X-Amz-Target") => Json,
        _ when http.Request.HasFormContentType => Query,
        _ => Rest,
    };

    public AwsException Missing() => style == Style.S3
        ? Error("AccessDenied", 403, "Access Denied")
        : Named("MissingAuthenticationToken", "Request is missing Authentication Token");

    public AwsException Incomplete(string message) => style == Style.S3
        ? Error("AuthorizationHeaderMalformed", 400, $"The authorization header is malformed; {message}")
        : Named("IncompleteSignature", message);

    public AwsException MalformedQuery(string message) => style == Style.S3 ? Error("AuthorizationQueryParametersError", 400, message) : Named("IncompleteSignature", message);

    public AwsException UnknownKey() => style switch
    {
        Style.S3 => Error("InvalidAccessKeyId", 403, "The AWS Access Key Id you provided does not exist in our records."),
        Style.Query => Error("InvalidClientTokenId", 403, InvalidToken),
        _ => Named("UnrecognizedClient", InvalidToken),
    };

    public AwsException WrongToken() => style == Style.S3 ? Error("InvalidToken", 400, "The provided token is malformed or otherwise invalid.") : UnknownKey();

    public AwsException ExpiredToken() => style == Style.S3
        ? Error("ExpiredToken", 400, "The provided token has expired.")
        : Named("ExpiredToken", "The security token included in the request is expired");

    public AwsException Mismatch() => style switch
    {
        Style.S3 => Error("SignatureDoesNotMatch", 403, DoesNotMatch.Replace("AWS Secret Access Key", "key", StringComparison.Ordinal)),
        Style.Query => Error("SignatureDoesNotMatch", 403, DoesNotMatch + " Consult the service documentation for details."),
        _ => Named("InvalidSignature", DoesNotMatch + " Consult the service documentation for details."),
    };

    /// <summary>The client's clock, or whoever sends old requests again.</summary>
    public AwsException Skewed(DateTimeOffset signed, DateTimeOffset now, TimeSpan skew)
    {
        if (style == Style.S3) return Error("RequestTimeTooSkewed", 403, "The difference between the request time and the current time is too large.");
        var message = signed < now
            ? $"Signature expired: {Date(signed)} is now earlier than {Date(now - skew)} ({Date(now)} - {skew.TotalMinutes:0} min.)"
            : $"Signature not yet current: {Date(signed)} is still later than {Date(now + skew)} ({Date(now)} + {skew.TotalMinutes:0} min.)";
        return style == Style.Query ? Error("SignatureDoesNotMatch", 403, message) : Named("InvalidSignature", message);
    }

    public AwsException LinkExpired(DateTimeOffset signed, TimeSpan lifetime, DateTimeOffset now) => style == Style.S3
        ? Error("AccessDenied", 403, "Request has expired")
        : Skewed(signed, now, lifetime);

    public AwsException LinkNotYetValid() => style == Style.S3 ? Error("AccessDenied", 403, "Request is not yet valid") : Named("InvalidSignature", "Signature not yet current");

    public AwsException NotAuthorized(string message) => style switch
    {
        Style.S3 or Style.Query => Error(refusal, 403, message),
        _ => Named(refusal, message),
    };

    // The same names everywhere, with "Exception" behind in the protocols that came after queries; the older JSON protocols have no status but 400.
    AwsException Named(string code, string message) => style switch
    {
        Style.Query => Error(code, code == "IncompleteSignature" ? 400 : 403, message),
        Style.Json => Error(code + "Exception", 400, message),
        _ => Error(code + "Exception", 403, message),
    };

    static AwsException Error(string code, int status, string message) => new(code, status, message) { HasType = false };

    static string Date(DateTimeOffset time) => time.UtcDateTime.ToString(Aws.Signing.SignedRequest.AmzDateFormat, CultureInfo.InvariantCulture);
}
