using Lambray.Aws;
using Lambray.Resources.Iam;
using Xunit;

namespace Lambray.Tests.Resources.Iam;

public sealed class CheckAccessTests : IAsyncDisposable
{
    readonly TemporaryDirectory directory = new();
    readonly ResourcesWorld world;

    public CheckAccessTests() => world = new ResourcesWorld(directory.Path);

    public async ValueTask DisposeAsync()
    {
        await world.DisposeAsync();
        directory.Dispose();
    }

    [Theory]
    [InlineData("AWSXrayWriteOnlyAccess", "xray:PutTraceSegments", RoleAccess.Allowed)]
    [InlineData("AWSXRayDaemonWriteAccess", "xray:PutTelemetryRecords", RoleAccess.Allowed)]
    [InlineData("AWSXrayWriteOnlyAccess", "xray:BatchGetTraces", RoleAccess.Denied)]
    [InlineData("service-role/AWSLambdaBasicExecutionRole", "logs:PutLogEvents", RoleAccess.Allowed)]
    [InlineData("service-role/AWSLambdaBasicExecutionRole", "xray:PutTraceSegments", RoleAccess.Denied)]
    [InlineData("AmazonS3FullAccess", "S3:putobject", RoleAccess.Allowed)]
    [InlineData("AdministratorAccess", "xray:PutTraceSegments", RoleAccess.Allowed)]
    public async Task Managed_policies_allow_what_they_name(string policy, string action, RoleAccess expected)
    {
        var role = await NewRole();
        await world.Iam.AttachRolePolicy(role.ResourceName, $"arn:aws:iam::aws:policy/{policy}");
        Assert.Equal(expected, world.Iam.CheckAccess(role, action));
    }

    [Fact]
    public async Task Tells_an_unknown_role_from_one_without_permission()
    {
        var role = await NewRole();
        Assert.Equal(RoleAccess.Denied, world.Iam.CheckAccess(role, "s3:PutObject"));
        Assert.Equal(RoleAccess.UnknownRole, world.Iam.CheckAccess(world.Home.Global("iam", "role/other"), "s3:PutObject"));
        Assert.Equal(RoleAccess.UnknownRole, world.Iam.CheckAccess(role with { AccountId = "999999999999" }, "s3:PutObject"));
        Assert.Equal(RoleAccess.UnknownRole, world.Iam.CheckAccess(role with { Resource = "role/path/worker" }, "s3:PutObject"));
    }

    [Fact]
    public async Task Sees_a_change_at_once()
    {
        var role = await NewRole();
        Assert.Equal(RoleAccess.Denied, world.Iam.CheckAccess(role, "xray:PutTraceSegments"));
        await world.Iam.AttachRolePolicy(role.ResourceName, IamSamples.XRayWrite);
        Assert.Equal(RoleAccess.Allowed, world.Iam.CheckAccess(role, "xray:PutTraceSegments"));
        await world.Held.Detach(PolicyHolder.Role(role.ResourceName), IamSamples.XRayWrite);
        Assert.Equal(RoleAccess.Denied, world.Iam.CheckAccess(role, "xray:PutTraceSegments"));
    }

    public static TheoryData<string, string, string, RoleAccess> Statements => new()
    {
        { Allow("s3:Put*", "arn:aws:s3:::a/*"), "s3:PutObject", "arn:aws:s3:::a/x/y", RoleAccess.Allowed },
        { Allow("s3:Put*", "arn:aws:s3:::a/*"), "s3:PutObject", "arn:aws:s3:::b/x", RoleAccess.Denied },
        { Allow("s3:?etObject"), "s3:GetObject", "*", RoleAccess.Allowed },
        { Allow("s3:*") + "," + Deny("s3:Delete*"), "s3:DeleteObject", "*", RoleAccess.Denied },
        { Allow("s3:*") + "," + Deny("s3:Delete*"), "s3:GetObject", "*", RoleAccess.Allowed },
        { """{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}""", "s3:GetObject", "*", RoleAccess.Allowed },
        { """{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}""", "iam:CreateRole", "*", RoleAccess.Denied },
        { """{"Effect":"Allow","Action":"s3:*","NotResource":"arn:aws:s3:::a/*"}""", "s3:GetObject", "arn:aws:s3:::a/k", RoleAccess.Denied },
        { """{"Effect":"Allow","Action":"s3:*","NotResource":"arn:aws:s3:::a/*"}""", "s3:GetObject", "arn:aws:s3:::b/k", RoleAccess.Allowed },
        // A key or variable that a role's own doings do not have: the condition does not hold, the pattern matches nothing.
        { Allow("s3:*", more: Condition), "s3:GetObject", "*", RoleAccess.Denied },
        { Allow("s3:*") + "," + Deny("s3:*", more: Condition), "s3:GetObject", "*", RoleAccess.Allowed },
        { Allow("s3:*", "arn:aws:s3:::${aws:username}/*"), "s3:GetObject", "arn:aws:s3:::me/k", RoleAccess.Denied },
        { Allow("s3:*") + "," + Deny("s3:*", "arn:aws:s3:::${aws:username}/*"), "s3:GetObject", "arn:aws:s3:::me/k", RoleAccess.Allowed },
        { """{"Effect":"Allow","Action":"s3:*","NotResource":"arn:aws:s3:::${aws:username}/*"}""", "s3:GetObject", "arn:aws:s3:::me/k", RoleAccess.Denied },
    };

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task Inline_policies_are_evaluated_as_IAM_does(string statements, string action, string resource, RoleAccess expected)
    {
        var role = await NewRole();
        await world.Iam.PutRolePolicy(role.ResourceName, "inline", IamSamples.Policy(statements));
        Assert.Equal(expected, world.Iam.CheckAccess(role, action, resource));
    }

    const string Condition = "\"Condition\":{\"StringEquals\":{\"aws:SourceVpc\":\"vpc-1\"}}";

    static string Allow(string action, string resource = "*", string? more = null) => IamSamples.Statement("Allow", action, resource, more);

    static string Deny(string action, string resource = "*", string? more = null) => IamSamples.Statement("Deny", action, resource, more);

    async Task<Arn> NewRole() => (await world.Iam.CreateRole(new RoleRequest("worker", IamSamples.LambdaTrust))).Arn;
}
