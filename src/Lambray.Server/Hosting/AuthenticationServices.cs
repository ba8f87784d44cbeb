using Lambray.Aws;
using Lambray.Resources.Iam;
using Lambray.Server.AwsFront.Authentication;
using Lambray.Server.AwsFront.Authorization;

namespace Lambray.Server.Hosting;

/// <summary>Registers what tells callers by their signatures, and keeps out whom the policies do not let in.</summary>
static class AuthenticationServices
{
    /// <remarks>Needs what <see cref="ResourceServices.AddResources"/> needs.</remarks>
    public static IServiceCollection AddAuthentication(this IServiceCollection services, ServeConfig config, DataDirectory data)
    {
        var root = RootAccessKey.Open(data.Credentials);
        services
            .AddSingleton(provider => new KeyRing(
                root, provider.GetRequiredService<AccessKeys>(), provider.GetRequiredService<SecurityTokens>(),
                provider.GetRequiredService<AwsHome>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<SignatureVerification>()
            .AddSingleton<RequestAuthorization>();
        return config.RequiresSignatures ? services.AddSingleton<RequestGate>().AddSingleton<DownloadLinks>() : services;
    }
}
