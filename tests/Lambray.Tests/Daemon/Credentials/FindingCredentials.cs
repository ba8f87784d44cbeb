using Lambray.Aws.Signing;
using Lambray.Daemon.Configuration;
using Lambray.Daemon.Credentials;
using Lambray.Daemon.Service;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Lambray.Tests.Daemon.Credentials;

public sealed class FindingCredentials : IDisposable
{
    const string Role = """{"AccessKeyId":"ASIAROLE","SecretAccessKey":"s","Token":"t","Expiration":"2026-01-01T06:00:00Z"}""";

    static readonly IssuedCredentials OfRole = new(new AwsCredentials("ASIAROLE", "s", "t"), new DateTimeOffset(2026, 1, 1, 6, 0, 0, TimeSpan.Zero));

    readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    readonly TemporaryDirectory home = new();
    readonly HttpClient http = DaemonHttp.ToServices(new DaemonConfig());

    public void Dispose()
    {
        home.Dispose();
        http.Dispose();
    }

    [Fact]
    public async Task Takes_keys_from_the_environment()
    {
        var source = new EnvironmentCredentials(Variables(("AWS_ACCESS_KEY_ID", "AKID"), ("AWS_SECRET_ACCESS_KEY", "s"), ("AWS_SESSION_TOKEN", "t")));

        Assert.Equal(new IssuedCredentials(new AwsCredentials("AKID", "s", "t")), await Find(source));
        Assert.Null(await Find(new EnvironmentCredentials(Variables(("AWS_ACCESS_KEY_ID", "AKID")))));
    }

    [Fact]
    public async Task Takes_keys_of_a_profile()
    {
        Directory.CreateDirectory(Path.Combine(home.Path, ".aws"));
        await File.WriteAllTextAsync(Path.Combine(home.Path, ".aws/credentials"), "# mine\n[default]\naws_access_key_id = AKID\naws_secret_access_key=s\n\n[work]\naws_access_key_id=AKWORK\naws_secret_access_key=w\n", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(home.Path, ".aws/config"), "[default]\nregion = eu-west-1\n[profile work]\nregion = us-west-2\ns3 =\n  region = nonsense\n", Cancellation);

        Assert.Equal("AKID", (await Find(Profile()))?.Keys.AccessKeyId);
        Assert.Equal("AKWORK", (await Find(Profile(("AWS_PROFILE", "work"))))?.Keys.AccessKeyId);
        Assert.Equal("us-west-2", await HomeRegion.FindAsync(new DaemonConfig(), Variables(("AWS_PROFILE", "work")), metadata: null, Cancellation));
        var error = await Assert.ThrowsAsync<CredentialException>(() => Find(Profile(("AWS_PROFILE", "none"))));
        Assert.Equal("there is no profile none", error.Message);
    }

    [Fact]
    public async Task A_profile_may_assume_a_role_with_the_keys_of_another()
    {
        await using var sts = await StandIn.StartAsync(_ => (200, StsAnswer));
        Directory.CreateDirectory(Path.Combine(home.Path, ".aws"));
        await File.WriteAllTextAsync(
            Path.Combine(home.Path, ".aws/config"), "[default]\nrole_arn=arn:aws:iam::1:role/r\nsource_profile=base\nexternal_id=x/1\n[profile base]\naws_access_key_id=AKBASE\naws_secret_access_key=s\n", Cancellation);

        Assert.Equal(OfRole, await Find(new ProfileCredentials(Variables(), Tokens(sts.Address))));
        var request = Assert.Single(sts.Requests);
        Assert.Contains("ExternalId=x%2F1", request.Body, StringComparison.Ordinal);
        Assert.Contains("Credential=AKBASE/20260101/eu-central-1/sts/aws4_request", request.Headers["Authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Assumes_the_role_that_it_was_told_to()
    {
        await using var sts = await StandIn.StartAsync(_ => (200, StsAnswer));
        var source = new AssumedRole("arn:aws:iam::1:role/r", new EnvironmentCredentials(Variables(("AWS_ACCESS_KEY_ID", "AKID"), ("AWS_SECRET_ACCESS_KEY", "s"))), Tokens(sts.Address));

        Assert.Equal(OfRole, await Find(source));
        Assert.Equal("Action=AssumeRole&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fr&RoleSessionName=xray-daemon&Version=2011-06-15", Assert.Single(sts.Requests).Body);
    }

    [Fact]
    public async Task Exchanges_the_token_of_a_service_account()
    {
        await using var sts = await StandIn.StartAsync(_ => (200, StsAnswer));
        var file = Path.Combine(home.Path, "token");
        await File.WriteAllTextAsync(file, "proof\n", Cancellation);
        var source = new WebIdentityCredentials(Variables(("AWS_WEB_IDENTITY_TOKEN_FILE", file), ("AWS_ROLE_ARN", "arn:aws:iam::1:role/r")), Tokens(sts.Address));

        Assert.Equal(OfRole, await Find(source));
        var request = Assert.Single(sts.Requests);
        Assert.EndsWith("&WebIdentityToken=proof&Version=2011-06-15", request.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", request.Headers.Keys);
    }

    [Fact]
    public async Task Says_why_a_role_cannot_be_assumed()
    {
        await using var sts = await StandIn.StartAsync(_ => (403, "<Code>AccessDenied</Code>"));
        var source = new AssumedRole("arn:aws:iam::1:role/r", new EnvironmentCredentials(Variables(("AWS_ACCESS_KEY_ID", "AKID"), ("AWS_SECRET_ACCESS_KEY", "s"))), Tokens(sts.Address));

        var error = await Assert.ThrowsAsync<CredentialException>(() => Find(source));
        Assert.Contains("AccessDenied", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asks_a_container_s_agent()
    {
        await using var agent = await StandIn.StartAsync(_ => (200, Role));
        var token = Path.Combine(home.Path, "token");
        await File.WriteAllTextAsync(token, "proof\n", Cancellation);
        var source = new ContainerCredentials(
            Variables(("AWS_CONTAINER_CREDENTIALS_FULL_URI", $"{agent.Address}creds?a=b"), ("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", token)), http);

        Assert.Equal(OfRole, await Find(source));
        Assert.Equal(("/creds?a=b", "proof"), (agent.Requests[0].Target, agent.Requests[0].Headers["Authorization"]));
    }

    [Fact]
    public async Task Asks_an_instance_s_metadata_with_a_token()
    {
        await using var instance = await StandIn.StartAsync(request => request.Target switch
        {
            "/latest/api/token" when request.Method == "PUT" => (200, "token-1"),
            _ when request.Headers.GetValueOrDefault("X-aws-ec2-metadata-token") != "token-1" => (401, ""),
            "/latest/meta-data/iam/security-credentials/" => (200, "the-role"),
            "/latest/meta-data/iam/security-credentials/the-role" => (200, Role),
            "/latest/meta-data/placement/region" => (200, "ap-south-1"),
            _ => (404, ""),
        });
        var variables = Variables(("AWS_EC2_METADATA_SERVICE_ENDPOINT", instance.Address.ToString()));
        var metadata = InstanceMetadata.Create(http, isLocal: false, variables, time)!;

        Assert.Equal(OfRole, await Find(new InstanceCredentials(metadata)));
        Assert.Equal("ap-south-1", await HomeRegion.FindAsync(new DaemonConfig(), variables, metadata, Cancellation));
        Assert.Null(await metadata.FindAsync("hostname", Cancellation));
        Assert.Null(InstanceMetadata.Create(http, isLocal: true, variables, time));
    }

    [Fact]
    public async Task Leaves_metadata_alone_that_does_not_answer()
    {
        await using var instance = await StandIn.StartAsync(_ => (500, ""));
        var metadata = new InstanceMetadata(http, instance.Address, time);

        Assert.Null(await metadata.FindAsync("hostname", Cancellation));
        Assert.Null(await metadata.FindAsync("instance-id", Cancellation));
        Assert.Single(instance.Requests);
    }

    [Fact]
    public async Task Renews_credentials_before_they_expire_and_keeps_old_ones_while_that_fails()
    {
        var source = new CountingSource(time);
        using var current = new CurrentCredentials(source, time, NullLogger.Instance);

        Assert.Equal(["1", "1"], [await KeyId(), await KeyId()]);
        time.Advance(TimeSpan.FromMinutes(56));
        Assert.Equal("2", await KeyId());
        source.Fails = true;
        time.Advance(TimeSpan.FromMinutes(56));
        Assert.Equal("2", await KeyId());
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Null(await KeyId());

        async Task<string?> KeyId() => (await current.FindAsync(Cancellation))?.AccessKeyId;
    }

    const string StsAnswer = """
        <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><AssumedRoleUser><Arn>arn:aws:sts::1:assumed-role/r/xray-daemon</Arn></AssumedRoleUser>
        <Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2026-01-01T06:00:00Z</Expiration></Credentials>
        </AssumeRoleResult></AssumeRoleResponse>
        """;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static Task<IssuedCredentials?> Find(ICredentialSource source) => source.FindAsync(Cancellation);

    ProfileCredentials Profile(params (string, string)[] variables) => new(Variables(variables), Tokens(new Uri("http://127.0.0.1:9")));

    SecurityTokenService Tokens(Uri endpoint) => new(http, endpoint, "eu-central-1", time);

    // Nothing of the machine that the tests run on.
    Func<string, string?> Variables(params (string Name, string Value)[] variables) =>
        variables.Append((Name: "HOME", Value: home.Path)).ToDictionary(variable => variable.Name, variable => variable.Value).GetValueOrDefault;

    sealed class CountingSource(TimeProvider time) : ICredentialSource
    {
        int calls;

        public string Name => "test";

        public bool Fails { get; set; }

        public Task<IssuedCredentials?> FindAsync(CancellationToken cancellation) => Fails
            ? throw new CredentialException("not now")
            : Task.FromResult<IssuedCredentials?>(new IssuedCredentials(new AwsCredentials($"{++calls}", "s"), time.GetUtcNow() + TimeSpan.FromHours(1)));
    }
}
