using Lambray.Aws.Signing;
using Lambray.Resources.Iam;
using Lambray.Server.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Lambray.Tests.Server.Authentication;

/// <summary>A whole server that asks for signatures and for roles that are there.</summary>
public sealed class SignedServer() : WholeServer(config => config with { Auth = AuthMode.Required, Iam = IamMode.Strict, Isolation = Lambray.Server.Hosting.IsolationMode.Process }, time: null)
{
    public AwsCredentials Root => RootAccessKey.Find(Lambray.Server.Hosting.DataDirectory.CredentialsOf(DataDirectory))!;

    /// <summary>A new user who has this policy.</summary>
    public async Task<AwsCredentials> NewUserAsync(string name, string policy)
    {
        await Services.GetRequiredService<UserDirectory>().CreateUser(name);
        await Services.GetRequiredService<HeldPolicies>().PutInline(PolicyHolder.User(name), "inline", policy);
        var key = await Services.GetRequiredService<AccessKeys>().Create(name);
        return new AwsCredentials(key.Id, key.SecretAccessKey);
    }

    /// <summary>Sends a request that is signed just now, or when it says.</summary>
    public async Task<ApiAnswer> SendAsAsync(AwsCredentials credentials, string service, HttpMethod method, string path, string body = "", DateTimeOffset? signed = null, string? target = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address, path)) { Content = new StringContent(body) };
        if (target is not null) request.Headers.Add("X-Amz-Target", target);
        var time = new Clock(signed ?? DateTimeOffset.UtcNow);
        new RequestSigner(service, Region, time).Sign(request, System.Text.Encoding.UTF8.GetBytes(body), credentials);
        using var answer = await Http.SendAsync(request);
        var code = answer.Headers.TryGetValues("x-amzn-ErrorType", out var types) ? types.Single() : null;
        return new ApiAnswer(answer.StatusCode, code, await answer.Content.ReadAsStringAsync());
    }

    sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
