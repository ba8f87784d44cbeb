using Lambray.Aws;
using Lambray.Resources.Iam;
using Lambray.Resources.Iam.Policies;
using Xunit;

namespace Lambray.Tests.Resources.Iam.Policies;

/// <summary>Who may do what, by all kinds of policies together ("Policy evaluation logic" in the IAM User Guide).</summary>
public sealed class DecidingRequests
{
    const string Bucket = "arn:aws:s3:::pictures";
    const string Object = Bucket + "/ann/1.png";
    static readonly AwsHome Home = new("123456789012", "eu-central-1");
    static readonly CallerIdentity Ann = CallerIdentity.User(Home.Global("iam", "user/ann"), "AIDAANN");
    static readonly CallerIdentity Worker = CallerIdentity.Session(Home.Global("iam", "role/worker"), "AROAWORKER", "one");

    [Fact]
    public void Nothing_is_allowed_that_no_policy_allows() => Assert.Equal(AccessDecision.ImplicitDeny, Decide(Ann, new PolicySet()));

    [Fact]
    public void The_root_may_do_what_nothing_denies()
    {
        Assert.Equal(AccessDecision.Allowed, Decide(CallerIdentity.Root(Home), new PolicySet()));
        Assert.Equal(AccessDecision.ExplicitDeny, Decide(CallerIdentity.Root(Home), new PolicySet { Resource = Resource("Deny", "\"*\"") }));
    }

    [Fact]
    public void A_deny_wins_wherever_it_stands()
    {
        var allowed = new PolicySet { Identity = [Identity("Allow", "s3:*")] };
        Assert.Equal(AccessDecision.Allowed, Decide(Ann, allowed));
        var deny = Identity("Deny", "s3:GetObject");
        Assert.Equal(AccessDecision.ExplicitDeny, Decide(Ann, allowed with { Identity = [.. allowed.Identity, deny] }));
        Assert.Equal(AccessDecision.ExplicitDeny, Decide(Ann, allowed with { Boundary = deny }));
        Assert.Equal(AccessDecision.ExplicitDeny, Decide(Worker, allowed with { Session = [deny] }));
        Assert.Equal(AccessDecision.ExplicitDeny, Decide(Ann, allowed with { Resource = Resource("Deny", "\"*\"") }));
    }

    [Fact]
    public void Boundary_and_session_policy_only_take_away()
    {
        var both = new PolicySet { Identity = [Identity("Allow", "s3:*")], Boundary = Identity("Allow", "s3:Get*"), Session = [Identity("Allow", "s3:*Object")] };
        Assert.Equal(AccessDecision.Allowed, Decide(Worker, both));
        Assert.Equal(AccessDecision.ImplicitDeny, Decide(Worker, both with { Boundary = Identity("Allow", "sqs:*") }));
        Assert.Equal(AccessDecision.ImplicitDeny, Decide(Worker, both with { Session = [] }));
        Assert.Equal(AccessDecision.ImplicitDeny, Decide(Worker, both with { Identity = [] }));
    }

    [Theory]
    [InlineData("""{"AWS":"arn:aws:iam::123456789012:user/ann"}""", AccessDecision.Allowed, AccessDecision.ImplicitDeny)]
    [InlineData("""{"AWS":"arn:aws:iam::123456789012:role/worker"}""", AccessDecision.ImplicitDeny, AccessDecision.Allowed)]
    [InlineData("""{"AWS":"arn:aws:sts::123456789012:assumed-role/worker/one"}""", AccessDecision.ImplicitDeny, AccessDecision.Allowed)]
    [InlineData("""{"AWS":["arn:aws:sts::123456789012:assumed-role/worker/two"]}""", AccessDecision.ImplicitDeny, AccessDecision.ImplicitDeny)]
    [InlineData("""{"AWS":"123456789012"}""", AccessDecision.ImplicitDeny, AccessDecision.ImplicitDeny)]
    [InlineData("""{"AWS":"*"}""", AccessDecision.Allowed, AccessDecision.Allowed)]
    [InlineData("\"*\"", AccessDecision.Allowed, AccessDecision.Allowed)]
    [InlineData("""{"Service":"s3.amazonaws.com"}""", AccessDecision.ImplicitDeny, AccessDecision.ImplicitDeny)]
    public void A_resource_policy_alone_is_enough_for_whom_it_names(string principal, AccessDecision ofUser, AccessDecision ofSession)
    {
        var policies = new PolicySet { Resource = Resource("Allow", principal) };
        Assert.Equal((ofUser, ofSession), (Decide(Ann, policies), Decide(Worker, policies)));
    }

    [Fact]
    public void What_a_resource_gives_to_a_role_its_boundary_may_take_and_what_it_gives_to_a_user_not()
    {
        var bounded = new PolicySet { Boundary = Identity("Allow", "sqs:*") };
        Assert.Equal(AccessDecision.ImplicitDeny, Decide(Worker, bounded with { Resource = Resource("Allow", """{"AWS":"arn:aws:iam::123456789012:role/worker"}""") }));
        Assert.Equal(AccessDecision.Allowed, Decide(Ann, bounded with { Resource = Resource("Allow", """{"AWS":"arn:aws:iam::123456789012:user/ann"}""") }));
    }

    [Fact]
    public void NotPrincipal_means_everybody_else()
    {
        var policy = PolicyDocument.Parse(
            """{"Statement":{"Effect":"Deny","NotPrincipal":{"AWS":"arn:aws:iam::123456789012:user/ann"},"Action":"s3:*","Resource":"*"}}""", PolicyKind.Resource);
        var policies = new PolicySet { Identity = [Identity("Allow", "s3:*")], Resource = policy };
        Assert.Equal((AccessDecision.Allowed, AccessDecision.ExplicitDeny), (Decide(Ann, policies), Decide(Worker, policies)));
    }

    [Fact]
    public void A_service_may_what_the_resource_lets_it_for_that_source()
    {
        var policy = ResourcePolicy.Parse("""
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},"Action":"lambda:InvokeFunction","Resource":"*",
             "Condition":{"ArnLike":{"AWS:SourceArn":"arn:aws:s3:::pict*"},"StringEquals":{"AWS:SourceAccount":"123456789012"}}}]}
            """);
        Assert.True(policy.AllowsService("s3.amazonaws.com", "lambda:InvokeFunction", "arn:f", Bucket, "123456789012"));
        Assert.False(policy.AllowsService("s3.amazonaws.com", "lambda:InvokeFunction", "arn:f", "arn:aws:s3:::other", "123456789012"));
        Assert.False(policy.AllowsService("s3.amazonaws.com", "lambda:InvokeFunction", "arn:f", Bucket, "999999999999"));
        Assert.False(policy.AllowsService("sns.amazonaws.com", "lambda:InvokeFunction", "arn:f", Bucket, "123456789012"));
    }

    [Theory]
    [InlineData("arn:aws:s3:::pictures/${aws:username}/*", AccessDecision.Allowed)]
    [InlineData("arn:aws:s3:::pictures/${AWS:UserName}/*", AccessDecision.Allowed)]
    [InlineData("arn:aws:s3:::pictures/${aws:PrincipalTag/team}/*", AccessDecision.ImplicitDeny)]
    [InlineData("arn:aws:s3:::pictures/${aws:PrincipalTag/team, 'ann'}/*", AccessDecision.Allowed)]
    [InlineData("arn:aws:s3:::pictures/ann/${*}", AccessDecision.ImplicitDeny)]
    public void Variables_stand_for_what_the_request_tells(string resource, AccessDecision expected) => Assert.Equal(
        expected, Decide(Ann, new PolicySet { Identity = [Identity("Allow", "s3:*", resource)] }));

    [Fact]
    public void What_a_variable_stands_for_is_no_pattern()
    {
        var star = CallerIdentity.User(Home.Global("iam", "user/*"), "AIDASTAR");
        var policies = new PolicySet { Identity = [Identity("Allow", "s3:*", "arn:aws:s3:::pictures/${aws:username}/*")] };
        Assert.Equal(AccessDecision.ImplicitDeny, Decide(star, policies));
        Assert.Equal(AccessDecision.Allowed, Decide(star, policies, "arn:aws:s3:::pictures/*/1.png"));
    }

    [Fact]
    public void The_old_version_of_the_language_has_no_variables()
    {
        var policy = PolicyDocument.Parse(
            """{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::pictures/${aws:username}/*"}}""", PolicyKind.Identity);
        Assert.Equal(AccessDecision.ImplicitDeny, Decide(Ann, new PolicySet { Identity = [policy] }));
    }

    static AccessDecision Decide(CallerIdentity caller, PolicySet policies, string resource = Object) =>
        PolicyEvaluation.Decide(new AccessRequest(caller, "s3:GetObject", resource, caller.Describe(new RequestContext())), policies);

    static PolicyDocument Identity(string effect, string action, string resource = "*") =>
        PolicyDocument.Parse(IamSamples.Policy(IamSamples.Statement(effect, action, resource)), PolicyKind.Identity);

    static PolicyDocument Resource(string effect, string principal) => PolicyDocument.Parse(
        IamSamples.Policy(IamSamples.Statement(effect, "s3:*", more: $"\"Principal\":{principal}")), PolicyKind.Resource);
}
