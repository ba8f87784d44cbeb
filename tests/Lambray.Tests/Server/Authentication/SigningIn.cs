using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Lambray.Aws.Signing;
using Lambray.Tests.Resources.Iam;
using Xunit;

namespace Lambray.Tests.Server.Authentication;

/// <summary>The console, Prometheus and downloads where signatures are asked for.</summary>
public sealed class SigningIn(SignedServer server) : IClassFixture<SignedServer>
{
    const string Api = "/_lambray/api";

    [Fact]
    public async Task The_console_shows_nothing_to_those_who_have_not_signed_in()
    {
        using var client = Client();
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync($"{Api}/settings", Token)).StatusCode);
        Assert.True((bool)JsonNode.Parse(await client.GetStringAsync($"{Api}/session", Token))!["isRequired"]!);
        Assert.Equal(HttpStatusCode.Forbidden, (await SignInAsync(client, server.Root with { SecretAccessKey = "wrong" })).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync($"{Api}/settings", Token)).StatusCode);

        var signedIn = await SignInAsync(client, server.Root);
        var cookie = Assert.Single(signedIn.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"{Api}/settings", Token)).StatusCode);
        Assert.Equal("arn:aws:iam::123456789012:root", (string)JsonNode.Parse(await client.GetStringAsync($"{Api}/session", Token))!["user"]!);

        using var signOut = new HttpRequestMessage(HttpMethod.Delete, $"{Api}/session");
        await client.SendAsync(signOut, Token);
        // Also somebody who has kept the cookie is out.
        client.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync($"{Api}/settings", Token)).StatusCode);
    }

    [Fact]
    public async Task A_user_who_may_look_may_not_change()
    {
        var user = await server.NewUserAsync("looker", IamSamples.Policy(IamSamples.Statement("Allow", "lambray:Read")));
        using var client = Client();
        await SignInAsync(client, user);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"{Api}/settings", Token)).StatusCode);
        var change = await client.PutAsync($"{Api}/settings/indexing", Json("""{"desiredPercentage":5}"""), Token);
        Assert.Equal(HttpStatusCode.Forbidden, change.StatusCode);

        var none = await server.NewUserAsync("nobody", IamSamples.Policy(IamSamples.Statement("Allow", "lambda:*")));
        using var other = Client();
        await SignInAsync(other, none);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync($"{Api}/settings", Token)).StatusCode);
    }

    [Fact]
    public async Task Prometheus_sends_its_key_as_user_and_password()
    {
        using var client = Client();
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/metrics", Token)).StatusCode);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{server.Root.AccessKeyId}:{server.Root.SecretAccessKey}")));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/metrics", Token)).StatusCode);
    }

    [Fact]
    public async Task Code_is_downloaded_by_a_link_that_was_signed()
    {
        var layer = await server.SendAsAsync(
            server.Root, "lambda", HttpMethod.Post, "/2018-10-31/layers/linked/versions",
            new JsonObject { ["Content"] = new JsonObject { ["ZipFile"] = Convert.ToBase64String(WholeServer.Zip(("a.txt", "a"))) } }.ToJsonString());
        var link = layer.Succeeded.GetProperty("Content").GetProperty("Location").GetString()!;
        Assert.Equal(HttpStatusCode.OK, (await server.Http.GetAsync(link, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Http.GetAsync(link.Split('?')[0], Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Http.GetAsync(link.Replace("/1?", "/2?", StringComparison.Ordinal), Token)).StatusCode);
    }

    static CancellationToken Token => TestContext.Current.CancellationToken;

    static Task<HttpResponseMessage> SignInAsync(HttpClient client, AwsCredentials credentials) => client.PostAsync(
        $"{Api}/session", Json(new JsonObject { ["accessKeyId"] = credentials.AccessKeyId, ["secretAccessKey"] = credentials.SecretAccessKey }.ToJsonString()), Token);

    static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    HttpClient Client() => new() { BaseAddress = server.Address, DefaultRequestHeaders = { { "X-Lambray-Console", "1" } } };
}
