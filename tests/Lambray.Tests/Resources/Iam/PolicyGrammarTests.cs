using Lambray.Aws;
using Lambray.Resources.Iam;
using Xunit;

namespace Lambray.Tests.Resources.Iam;

public sealed class PolicyGrammarTests : IAsyncDisposable
{
    readonly TemporaryDirectory directory = new();
    readonly ResourcesWorld world;

    public PolicyGrammarTests() => world = new ResourcesWorld(directory.Path);

    public async ValueTask DisposeAsync()
    {
        await world.DisposeAsync();
        directory.Dispose();
    }

    [Theory]
    [InlineData("", "This policy contains invalid Json")]
    [InlineData("{", "This policy contains invalid Json")]
    [InlineData("[]", "Syntax errors in policy.")]
    [InlineData("{}", "Syntax errors in policy.")]
    [InlineData("""{"Version":"2020-01-01","Statement":[]}""", "Syntax errors in policy.")]
    [InlineData("""{"Statement":[{"Action":"sts:AssumeRole","Principal":"*"}]}""", "Missing required field Effect")]
    [InlineData("""{"Statement":[{"Effect":"allow","Action":"sts:AssumeRole","Principal":"*"}]}""", "Invalid effect: allow")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole"}]}""", "Missing required field Principal")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":"*","Resource":"*"}}""", "Has prohibited field Resource")]
    public async Task Refuses_a_trust_policy_that_IAM_refuses(string document, string message)
    {
        var error = await Assert.ThrowsAsync<AwsException>(() => world.Iam.CreateRole(new RoleRequest("worker", document)));
        Assert.Equal(("MalformedPolicyDocument", message), (error.Code, error.Message));
    }

    [Theory]
    [InlineData("""{"Effect":"Allow","Resource":"*"}""", "Policy statement must contain actions.")]
    [InlineData("""{"Effect":"Allow","Action":"s3:*"}""", "Policy statement must contain resources.")]
    [InlineData("""{"Effect":"Allow","Action":"PutObject","Resource":"*"}""", "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.")]
    [InlineData("""{"Effect":"Allow","Action":"s3:*","Resource":"bucket"}""", "Resource bucket must be in ARN format or \"*\".")]
    [InlineData("""{"Effect":"Allow","Action":"s3:*","Resource":"*","Principal":"*"}""", "Policy document should not specify a principal.")]
    [InlineData("""{"Effect":"Allow","Action":1,"Resource":"*"}""", "Syntax errors in policy.")]
    [InlineData("""{"Effect":"Allow","Action":"s3:*","NotAction":"s3:*","Resource":"*"}""", "Syntax errors in policy.")]
    public async Task Refuses_an_identity_policy_that_IAM_refuses(string statement, string message)
    {
        var error = await Assert.ThrowsAsync<AwsException>(() => world.Policies.CreatePolicy("own", IamSamples.Policy(statement)));
        Assert.Equal(("MalformedPolicyDocument", message), (error.Code, error.Message));
    }
}
