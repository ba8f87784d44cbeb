using System.Xml.Linq;
using Lambray.Aws;
using Lambray.Server.AwsFront.Query;

namespace Lambray.Server.AwsFront.Sts;

/// <summary>GetCallerIdentity, GetAccessKeyInfo, DecodeAuthorizationMessage.</summary>
static class CallerOperations
{
    public static Task GetCallerIdentity(HttpContext http)
    {
        var caller = AwsCall.Caller(http);
        return StsDoor.Service.WriteAnswer(
            http, new XElement("Arn", caller.Arn.ToString()), new XElement("UserId", caller.UserId), new XElement("Account", caller.AccountId));
    }

    /// <summary>There is one account, so that every key is of it: AWS answers for keys that were deleted, too.</summary>
    public static Task GetAccessKeyInfo(HttpContext http)
    {
        var key = http.GetQueryRequest().Get("AccessKeyId");
        if (key.Length is < 16 or > 128 || !key.All(char.IsAsciiLetterOrDigit))
            throw new AwsException("ValidationError", 400, $"1 validation error detected: Value '{key}' at 'accessKeyId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w]*");
        return StsDoor.Service.WriteAnswer(http, new XElement("Account", http.RequestServices.GetRequiredService<AwsHome>().AccountId));
    }

    /// <summary>EC2 encodes its refusals; no service here does, so nothing that comes can be one of ours.</summary>
    public static Task DecodeAuthorizationMessage(HttpContext http)
    {
        http.GetQueryRequest().Get("EncodedMessage");
        throw new AwsException("InvalidAuthorizationMessageException", 400, "Invalid EncodedMessage");
    }
}
