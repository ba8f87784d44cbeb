using Lambray.Aws.Signing;
using Xunit;

namespace Lambray.Tests.Aws.Signing;

/// <summary>The cases that AWS publishes for signature version 4, with their keys, their time and their results.</summary>
public sealed class SigningRequests
{
    const string Date = "20150830T123600Z";

    static readonly AwsCredentials Keys = new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");

    [Theory]
    [InlineData("GET", "/", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("POST", "/", "", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    [InlineData("GET", "/", "Param2=value2&Param1=value1", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")]
    public void Agrees_with_the_published_cases(string method, string path, string query, string signature)
    {
        var scope = new CredentialScope(Keys.AccessKeyId, Date[..8], "us-east-1", "service");
        var headers = new Dictionary<string, string> { ["host"] = "example.amazonaws.com", ["x-amz-date"] = Date };

        var authorization = SignatureV4.Authorization(
            Keys, scope, method, CanonicalUri.Path(path, "service"), CanonicalUri.Query(query), headers, SignatureV4.Hash([]), Date);

        Assert.EndsWith($"SignedHeaders=host;x-amz-date, Signature={signature}", authorization, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "lambda", "/")]
    [InlineData("/tags/a%20b:c", "xray", "/tags/a%2520b%3Ac")]
    [InlineData("/bucket/a%20b", "s3", "/bucket/a%20b")]
    public void Escapes_paths_once_more_but_for_S3(string wire, string service, string canonical) => Assert.Equal(canonical, CanonicalUri.Path(wire, service));

    [Theory]
    [InlineData("", "")]
    [InlineData("?", "")]
    [InlineData("?b=2&a=1", "a=1&b=2")]
    [InlineData("a=2&a=10", "a=10&a=2")]
    [InlineData("flag", "flag=")]
    [InlineData("x=a/b&y=a%2Fb&z=%7e", "x=a%2Fb&y=a%2Fb&z=~")]
    public void Puts_queries_in_order(string wire, string canonical) => Assert.Equal(canonical, CanonicalUri.Query(wire));
}
