using Lambray.Aws;
using Lambray.Resources.Iam;
using Xunit;

namespace Lambray.Tests.Resources.Iam;

public sealed class SecurityTokensTests : IAsyncDisposable
{
    static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    readonly TemporaryDirectory directory = new();
    readonly ResourcesWorld world;

    public SecurityTokensTests() => world = new ResourcesWorld(directory.Path);

    public async ValueTask DisposeAsync()
    {
        await world.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task A_session_is_known_by_its_access_key()
    {
        var role = await world.Iam.CreateRole(new RoleRequest("worker", IamSamples.LambdaTrust) { Path = "/app/" });
        var credentials = world.Tokens.Issue(role.Arn, "my-function", Hour);
        var caller = world.Tokens.FindCaller(credentials.AccessKeyId);
        Assert.StartsWith("ASIA", credentials.AccessKeyId, StringComparison.Ordinal);
        Assert.Equal("arn:aws:sts::123456789012:assumed-role/worker/my-function", caller?.Arn.ToString());
        Assert.Equal($"{role.RoleId}:my-function", caller?.UserId);
        Assert.Equal(role.Arn, caller?.Role);
    }

    [Fact]
    public void A_session_ends_when_it_expires()
    {
        var credentials = world.Tokens.Issue(world.Home.Global("iam", "role/worker"), "session", Hour);
        world.Time.Advance(Hour - TimeSpan.FromSeconds(1));
        Assert.NotNull(world.Tokens.FindCaller(credentials.AccessKeyId));
        world.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(world.Tokens.FindCaller(credentials.AccessKeyId));
    }

    [Fact]
    public void An_unknown_access_key_stands_for_the_root_of_the_account() =>
        Assert.Equal("arn:aws:iam::123456789012:root", world.Tokens.Caller("AKIDUNKNOWN").Arn.ToString());

    [Theory]
    [InlineData("123456789012", true)]
    [InlineData("arn:aws:iam::123456789012:root", true)]
    [InlineData("*", true)]
    [InlineData("999999999999", false)]
    public async Task Assumes_only_a_role_that_trusts_the_caller(string principal, bool trusted)
    {
        var role = await world.Iam.CreateRole(new RoleRequest("worker", IamSamples.Trust(principal)));
        var assuming = () => world.Tokens.AssumeRoleAsync(world.Tokens.Caller(null), role.Arn, new RoleSession("session", Hour));
        if (trusted) Assert.Equal(role.Arn, (await assuming()).Identity.Role);
        else Assert.Equal("AccessDenied", (await Assert.ThrowsAsync<AwsException>(assuming)).Code);
    }

    [Fact]
    public async Task A_role_for_Lambda_is_not_assumed_by_a_user()
    {
        var role = await world.Iam.CreateRole(new RoleRequest("worker", IamSamples.LambdaTrust));
        await Assert.ThrowsAsync<AwsException>(() => world.Tokens.AssumeRoleAsync(world.Tokens.Caller(null), role.Arn, new RoleSession("session", Hour)));
    }
}
