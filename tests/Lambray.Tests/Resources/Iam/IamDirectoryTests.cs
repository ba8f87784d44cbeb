using Lambray.Aws;
using Lambray.Resources.Iam;
using Xunit;

namespace Lambray.Tests.Resources.Iam;

public sealed class IamDirectoryTests : IAsyncDisposable
{
    readonly TemporaryDirectory directory = new();
    readonly ResourcesWorld world;

    public IamDirectoryTests() => world = new ResourcesWorld(directory.Path);

    public async ValueTask DisposeAsync()
    {
        await world.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task Keeps_a_role_and_its_policies_over_a_restart()
    {
        using var kept = new TemporaryDirectory();
        await using (var before = new ResourcesWorld(kept.Path))
        {
            await before.Iam.CreateRole(new RoleRequest("Worker", IamSamples.LambdaTrust) { Path = "/app/", Tags = [new Tag("team", "x")] });
            await before.Iam.AttachRolePolicy("Worker", IamSamples.XRayWrite);
            await before.Iam.PutRolePolicy("Worker", "inline", IamSamples.Policy(IamSamples.Statement("Allow", "s3:PutObject")));
        }

        await using var reopened = new ResourcesWorld(kept.Path);
        var role = reopened.Iam.GetRole("Worker");
        Assert.Equal("arn:aws:iam::123456789012:role/app/Worker", role.Arn.ToString());
        Assert.Equal([new Tag("team", "x")], role.Tags);
        Assert.Equal(["AWSXrayWriteOnlyAccess"], reopened.Held.ListAttached(PolicyHolder.Role("Worker")).Select(policy => policy.PolicyName));
        Assert.Equal(RoleAccess.Allowed, reopened.Iam.CheckAccess(role.Arn, "s3:PutObject", "arn:aws:s3:::b/k"));
    }

    [Fact]
    public async Task Names_are_taken_whatever_their_case()
    {
        await world.Iam.CreateRole(new RoleRequest("worker", IamSamples.LambdaTrust));
        await Refuses("EntityAlreadyExists", 409, () => world.Iam.CreateRole(new RoleRequest("WORKER", IamSamples.LambdaTrust)));
    }

    [Fact]
    public async Task A_role_is_deleted_only_after_its_policies()
    {
        await world.Iam.CreateRole(new RoleRequest("worker", IamSamples.LambdaTrust));
        await world.Iam.AttachRolePolicy("worker", IamSamples.XRayWrite);
        await Refuses("DeleteConflict", 409, () => world.Iam.DeleteRole("worker"));
        await world.Held.Detach(PolicyHolder.Role("worker"), IamSamples.XRayWrite);
        await world.Iam.PutRolePolicy("worker", "inline", IamSamples.Policy(IamSamples.Statement("Allow", "s3:*")));
        await Refuses("DeleteConflict", 409, () => world.Iam.DeleteRole("worker"));
        await world.Held.DeleteInline(PolicyHolder.Role("worker"), "inline");
        await world.Iam.DeleteRole("worker");
        await Refuses("NoSuchEntity", 404, () => Task.FromResult(world.Iam.GetRole("worker")));
    }

    [Fact]
    public async Task A_policy_that_is_attached_is_not_deleted()
    {
        var policy = await world.Policies.CreatePolicy("own", IamSamples.Policy(IamSamples.Statement("Allow", "sqs:*")));
        var role = await world.Iam.CreateRole(new RoleRequest("worker", IamSamples.LambdaTrust));
        await world.Iam.AttachRolePolicy("worker", policy.Arn.ToString());
        Assert.Equal(RoleAccess.Allowed, world.Iam.CheckAccess(role.Arn, "sqs:SendMessage"));
        await Refuses("DeleteConflict", 409, () => world.Policies.DeletePolicy(policy.Arn.ToString()));
        await world.Held.Detach(PolicyHolder.Role("worker"), policy.Arn.ToString());
        await world.Policies.DeletePolicy(policy.Arn.ToString());
        Assert.Equal(RoleAccess.Denied, world.Iam.CheckAccess(role.Arn, "sqs:SendMessage"));
    }

    [Theory]
    [InlineData("arn:aws:iam::aws:policy/AWSXRayWriteOnlyAccess", "NoSuchEntity")]
    [InlineData("arn:aws:iam::123456789012:policy/none", "NoSuchEntity")]
    [InlineData("AWSXrayWriteOnlyAccess", "InvalidInput")]
    public async Task Attaches_only_policies_that_exist_under_that_very_arn(string policyArn, string code)
    {
        await world.Iam.CreateRole(new RoleRequest("worker", IamSamples.LambdaTrust));
        var error = await Assert.ThrowsAsync<AwsException>(() => world.Iam.AttachRolePolicy("worker", policyArn));
        Assert.Equal(code, error.Code);
    }

    [Theory]
    [InlineData("", "/", 3600)]
    [InlineData("a b", "/", 3600)]
    [InlineData("name\n", "/", 3600)]
    [InlineData("name", "app", 3600)]
    [InlineData("name", "/", 3599)]
    [InlineData("name", "/", 43201)]
    public async Task Refuses_names_paths_and_durations_that_IAM_refuses(string name, string path, int seconds) => await Refuses("ValidationError", 400, () =>
        world.Iam.CreateRole(new RoleRequest(name, IamSamples.LambdaTrust) { Path = path, MaxSessionDuration = TimeSpan.FromSeconds(seconds) }));

    static async Task Refuses(string code, int status, Func<Task> act)
    {
        var error = await Assert.ThrowsAsync<AwsException>(act);
        Assert.Equal((code, status), (error.Code, error.Status));
    }
}
