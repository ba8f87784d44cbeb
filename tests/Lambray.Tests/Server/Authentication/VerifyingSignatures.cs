using System.Net;
using Lambray.Aws.Signing;
using Lambray.Resources.Iam;
using Lambray.Tests.Resources.Iam;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Lambray.Tests.Server.Authentication;

/// <summary>Who is let in by a server that asks for signatures, and how the others are refused.</summary>
public sealed class VerifyingSignatures(SignedServer server) : IClassFixture<SignedServer>
{
    const string List = "/2015-03-31/functions/";

    [Fact]
    public async Task The_root_key_lies_in_a_file_for_its_owner_alone()
    {
        var path = Lambray.Server.Hosting.DataDirectory.CredentialsOf(server.DataDirectory);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsAsync(server.Root, "lambda", HttpMethod.Get, List)).Status);
    }

    [Fact]
    public async Task Refuses_what_is_not_signed_in_the_words_of_each_service()
    {
        var lambda = await server.SendAsync(HttpMethod.Get, List);
        Assert.Equal((HttpStatusCode.Forbidden, "MissingAuthenticationTokenException"), (lambda.Status, lambda.Code));
        var iam = await server.SendAsync(HttpMethod.Get, "/?Action=ListRoles&Version=2010-05-08");
        Assert.Contains("<Code>MissingAuthenticationToken</Code>", iam.Body, StringComparison.Ordinal);
        var s3 = await server.SendAsync(HttpMethod.Get, "/some-bucket/some-key");
        Assert.Equal(HttpStatusCode.Forbidden, s3.Status);
        Assert.Contains("<Code>AccessDenied</Code>", s3.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync(HttpMethod.Get, "/metrics")).Status);
    }

    [Fact]
    public async Task Refuses_keys_that_it_does_not_know_and_secrets_that_are_not_theirs()
    {
        var unknown = await server.SendAsAsync(new AwsCredentials("AKIANOBODY", "secret"), "lambda", HttpMethod.Get, List);
        Assert.Equal((HttpStatusCode.Forbidden, "UnrecognizedClientException"), (unknown.Status, unknown.Code));
        var wrong = server.Root with { SecretAccessKey = "wrong" };
        var lambda = await server.SendAsAsync(wrong, "lambda", HttpMethod.Get, List);
        Assert.Equal((HttpStatusCode.Forbidden, "InvalidSignatureException"), (lambda.Status, lambda.Code));
        var logs = await server.SendAsAsync(wrong, "logs", HttpMethod.Post, "/", "{}", target: "Logs_20140328.DescribeLogGroups");
        Assert.Equal(HttpStatusCode.BadRequest, logs.Status);
        Assert.Contains("InvalidSignatureException", logs.Body, StringComparison.Ordinal);
        var sts = await server.SendAsAsync(wrong, "sts", HttpMethod.Get, "/?Action=GetCallerIdentity&Version=2011-06-15");
        Assert.Contains("<Code>SignatureDoesNotMatch</Code>", sts.Body, StringComparison.Ordinal);
        var s3 = await server.SendAsAsync(wrong, "s3", HttpMethod.Get, "/");
        Assert.Contains("<Code>SignatureDoesNotMatch</Code>", s3.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-16)]
    [InlineData(16)]
    public async Task Refuses_what_was_signed_a_quarter_of_an_hour_away(int minutes)
    {
        var signed = TimeProvider.System.GetUtcNow().AddMinutes(minutes);
        var lambda = await server.SendAsAsync(server.Root, "lambda", HttpMethod.Get, List, signed: signed);
        Assert.Equal("InvalidSignatureException", lambda.Code);
        Assert.Contains(minutes < 0 ? "Signature expired" : "Signature not yet current", lambda.Body, StringComparison.Ordinal);
        var s3 = await server.SendAsAsync(server.Root, "s3", HttpMethod.Get, "/", signed: signed);
        Assert.Contains("<Code>RequestTimeTooSkewed</Code>", s3.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_was_changed_on_the_way_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, "/2015-03-31/functions")) { Content = new StringContent("changed") };
        new RequestSigner("lambda", WholeServer.Region, TimeProvider.System).Sign(request, "signed"u8, server.Root);
        using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("InvalidSignatureException", answer.Headers.GetValues("x-amzn-ErrorType").Single());
    }

    [Fact]
    public async Task Temporary_keys_need_their_token_until_they_expire()
    {
        var tokens = server.Services.GetRequiredService<SecurityTokens>();
        var root = server.Services.GetRequiredService<Lambray.Aws.AwsHome>();
        var fresh = await tokens.IssueAsync(CallerIdentity.Root(root), TimeSpan.FromHours(1));
        var credentials = new AwsCredentials(fresh.AccessKeyId, fresh.SecretAccessKey, fresh.SessionToken);
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsAsync(credentials, "lambda", HttpMethod.Get, List)).Status);
        Assert.Equal("UnrecognizedClientException", (await server.SendAsAsync(credentials with { SessionToken = null }, "lambda", HttpMethod.Get, List)).Code);
        Assert.Equal("UnrecognizedClientException", (await server.SendAsAsync(credentials with { SessionToken = "other" }, "lambda", HttpMethod.Get, List)).Code);

        var old = await tokens.IssueAsync(CallerIdentity.Root(root), TimeSpan.FromSeconds(-1));
        var expired = new AwsCredentials(old.AccessKeyId, old.SecretAccessKey, old.SessionToken);
        Assert.Equal("ExpiredTokenException", (await server.SendAsAsync(expired, "lambda", HttpMethod.Get, List)).Code);
        Assert.Contains("<Code>ExpiredToken</Code>", (await server.SendAsAsync(expired, "s3", HttpMethod.Get, "/")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_was_made_inactive_opens_nothing_any_more()
    {
        var user = await server.NewUserAsync("fickle", IamSamples.Policy(IamSamples.Statement("Allow", "lambda:*")));
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsAsync(user, "lambda", HttpMethod.Get, List)).Status);
        await server.Services.GetRequiredService<AccessKeys>().SetActive("fickle", user.AccessKeyId, false);
        Assert.Equal("UnrecognizedClientException", (await server.SendAsAsync(user, "lambda", HttpMethod.Get, List)).Code);
    }

    [Fact]
    public async Task A_user_may_what_the_policies_allow()
    {
        var user = await server.NewUserAsync("reader", IamSamples.Policy(
            IamSamples.Statement("Allow", "lambda:List*"), IamSamples.Statement("Allow", "s3:GetObject", "arn:aws:s3:::pictures/${aws:username}/*"),
            IamSamples.Statement("Allow", "logs:DescribeLogGroups", more: """ "Condition":{"IpAddress":{"aws:SourceIp":"127.0.0.0/8"}}""")));
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsAsync(user, "lambda", HttpMethod.Get, List)).Status);
        var denied = await server.SendAsAsync(user, "lambda", HttpMethod.Get, "/2015-03-31/functions/other");
        Assert.Equal((HttpStatusCode.Forbidden, "AccessDeniedException"), (denied.Status, denied.Code));
        Assert.Contains(
            "User: arn:aws:iam::123456789012:user/reader is not authorized to perform: lambda:GetFunction on resource: arn:aws:lambda:eu-central-1:123456789012:function:other",
            denied.Body, StringComparison.Ordinal);
        Assert.Contains("NoSuchBucket", (await server.SendAsAsync(user, "s3", HttpMethod.Get, "/pictures/reader/1.png")).Body, StringComparison.Ordinal);
        Assert.Contains("AccessDenied", (await server.SendAsAsync(user, "s3", HttpMethod.Get, "/pictures/other/1.png")).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsAsync(user, "logs", HttpMethod.Post, "/", "{}", target: "Logs_20140328.DescribeLogGroups")).Status);
        Assert.Contains("AccessDenied", (await server.SendAsAsync(user, "iam", HttpMethod.Get, "/?Action=ListUsers&Version=2010-05-08")).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsAsync(user, "sts", HttpMethod.Get, "/?Action=GetCallerIdentity&Version=2011-06-15")).Status);
    }

    [Fact]
    public async Task A_function_is_refused_whose_role_is_not_there_or_does_not_trust_Lambda()
    {
        var iam = server.Services.GetRequiredService<IamDirectory>();
        await iam.CreateRole(new RoleRequest("stranger", IamSamples.Trust("123456789012")));
        foreach (var role in (string[])["missing", "stranger"])
        {
            var request = WholeServer.CreateRequest("strict", WholeServer.Zip(("index.js", "")), new() { ["Role"] = $"arn:aws:iam::123456789012:role/{role}" });
            var refused = await server.SendAsAsync(server.Root, "lambda", HttpMethod.Post, "/2015-03-31/functions", request.ToJsonString());
            Assert.Equal((HttpStatusCode.BadRequest, "InvalidParameterValueException"), (refused.Status, refused.Code));
            Assert.Contains("The role defined for the function cannot be assumed by Lambda.", refused.Body, StringComparison.Ordinal);
        }
    }
}
