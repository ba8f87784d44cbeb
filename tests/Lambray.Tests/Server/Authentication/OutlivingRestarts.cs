using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lambray.Aws.Signing;
using Lambray.Tests.Resources.Iam;
using Xunit;

namespace Lambray.Tests.Server.Authentication;

/// <summary>What somebody does first with a server that asks for signatures, and what of it is still good after a restart.</summary>
public sealed class OutlivingRestarts(SignedServer server) : IClassFixture<SignedServer>
{
    static readonly string[] Topic = ["--topic-arn", "arn:aws:sns:eu-central-1:123456789012:steps.fifo", "--message-group-id", "g"];

    [Fact]
    public async Task From_the_roots_key_by_profiles_and_roles_to_sessions_that_go_on_after_a_restart()
    {
        var root = await ShownByTheCommandLineAsync();
        var user = await UserWithRolesAsync(root);
        Assert.Equal("ok\n", (await ClientProcess.Node("profiles.mjs", server.Address.ToString(), await ProfilesAsync(user))).Succeeded);

        var session = await AssumeAsync(user, "worker");
        var cookie = await SignInAsync(user);
        await AwsAsync(root, ["sns", "create-topic", "--name", "steps.fifo", "--attributes", "FifoTopic=true,ContentBasedDeduplication=true"]);
        var published = await AwsAsync(root, ["sns", "publish", "--message", "once", .. Topic]);

        await server.StopAsync();
        await server.InitializeAsync();

        var identity = await AwsAsync(session, ["sts", "get-caller-identity"]);
        Assert.Equal("arn:aws:sts::123456789012:assumed-role/worker/by-hand", identity.GetProperty("Arn").GetString());
        await AwsAsync(session, ["lambda", "list-functions"]);
        // Its role may, the session was narrowed down.
        Assert.Contains("AccessDenied", (await ClientProcess.AwsAs(session, server.Address, "lambda", "list-layers")).Error, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await SettingsAsync(cookie));
        Assert.Equal(HttpStatusCode.Unauthorized, await SettingsAsync("lambray-session=" + new string('0', 64)));
        var again = await AwsAsync(root, ["sns", "publish", "--message", "once", .. Topic]);
        Assert.Equal(published.GetProperty("MessageId").GetString(), again.GetProperty("MessageId").GetString());
        Assert.Equal(published.GetProperty("SequenceNumber").GetString(), again.GetProperty("SequenceNumber").GetString());
    }

    static CancellationToken Token => TestContext.Current.CancellationToken;

    // As a shell would read them.
    async Task<AwsCredentials> ShownByTheCommandLineAsync()
    {
        var shown = (await ClientProcess.Lambray("credentials", "--data-dir", server.DataDirectory)).Succeeded.Split('\n');
        return new AwsCredentials(shown[0].Split("AWS_ACCESS_KEY_ID=")[1].Trim(), shown[1].Split("AWS_SECRET_ACCESS_KEY=")[1].Trim());
    }

    /// <summary>A user who may take the role <c>worker</c>, whose sessions may take <c>second</c>.</summary>
    async Task<AwsCredentials> UserWithRolesAsync(AwsCredentials root)
    {
        await AwsAsync(root, ["iam", "create-user", "--user-name", "person"]);
        await AwsAsync(root, ["iam", "put-user-policy", "--user-name", "person", "--policy-name", "p", "--policy-document", IamSamples.Policy(
            IamSamples.Statement("Allow", "sts:AssumeRole", "arn:aws:iam::123456789012:role/worker"), IamSamples.Statement("Allow", "lambray:Read"))]);
        await AwsAsync(root, ["iam", "create-role", "--role-name", "worker", "--assume-role-policy-document", IamSamples.Trust("arn:aws:iam::123456789012:user/person")]);
        await AwsAsync(root, ["iam", "put-role-policy", "--role-name", "worker", "--policy-name", "p", "--policy-document", IamSamples.Policy(
            IamSamples.Statement("Allow", "lambda:List*"), IamSamples.Statement("Allow", "sts:AssumeRole"))]);
        await AwsAsync(root, ["iam", "create-role", "--role-name", "second", "--assume-role-policy-document", IamSamples.Trust("arn:aws:iam::123456789012:role/worker")]);
        await AwsAsync(root, ["iam", "put-role-policy", "--role-name", "second", "--policy-name", "p", "--policy-document", IamSamples.Policy(IamSamples.Statement("Allow", "lambda:ListFunctions"))]);
        var key = (await AwsAsync(root, ["iam", "create-access-key", "--user-name", "person"])).GetProperty("AccessKey");
        return new AwsCredentials(key.GetProperty("AccessKeyId").GetString()!, key.GetProperty("SecretAccessKey").GetString()!);
    }

    /// <summary>A configuration file whose profile <c>chained</c> leads by two roles to the user.</summary>
    async Task<string> ProfilesAsync(AwsCredentials user)
    {
        var path = Path.Combine(server.DataDirectory, "..", "config");
        await File.WriteAllTextAsync(path, $"""
            [profile person]
            aws_access_key_id = {user.AccessKeyId}
            aws_secret_access_key = {user.SecretAccessKey}
            [profile worker]
            role_arn = arn:aws:iam::123456789012:role/worker
            source_profile = person
            [profile chained]
            role_arn = arn:aws:iam::123456789012:role/second
            role_session_name = from-profile
            source_profile = worker
            region = {WholeServer.Region}
            """, Token);
        return path;
    }

    async Task<AwsCredentials> AssumeAsync(AwsCredentials caller, string role)
    {
        var taken = await AwsAsync(caller,
        [
            "sts", "assume-role", "--role-arn", $"arn:aws:iam::123456789012:role/{role}", "--role-session-name", "by-hand",
            "--policy", IamSamples.Policy(IamSamples.Statement("Allow", "lambda:ListFunctions")),
        ]);
        var credentials = taken.GetProperty("Credentials");
        return new AwsCredentials(
            credentials.GetProperty("AccessKeyId").GetString()!, credentials.GetProperty("SecretAccessKey").GetString()!, credentials.GetProperty("SessionToken").GetString());
    }

    /// <returns>The cookie.</returns>
    async Task<string> SignInAsync(AwsCredentials credentials)
    {
        using var client = Console();
        var asked = new JsonObject { ["accessKeyId"] = credentials.AccessKeyId, ["secretAccessKey"] = credentials.SecretAccessKey };
        using var answer = await client.PostAsync("/_lambray/api/session", new StringContent(asked.ToJsonString(), Encoding.UTF8, "application/json"), Token);
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    async Task<HttpStatusCode> SettingsAsync(string cookie)
    {
        using var client = Console();
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        using var answer = await client.GetAsync("/_lambray/api/settings", Token);
        return answer.StatusCode;
    }

    HttpClient Console() => new(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = server.Address, DefaultRequestHeaders = { { "X-Lambray-Console", "1" } } };

    async Task<JsonElement> AwsAsync(AwsCredentials caller, string[] arguments)
    {
        var output = (await ClientProcess.AwsAs(caller, server.Address, arguments)).Succeeded;
        return output.Length == 0 ? default : JsonElement.Parse(output);
    }
}
