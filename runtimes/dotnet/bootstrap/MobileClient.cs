using System.Text.Json;
using Amazon.Lambda.Core;

namespace Lambray.DotNetRuntime;

/// <summary>What the mobile SDKs tell of their application, device and user; every field may be missing.</summary>
sealed class MobileClient : IClientContext, IClientApplication
{
    readonly JsonElement context;

    MobileClient(JsonElement context) => this.context = context;

    public IClientApplication Client => context.TryGetProperty("client", out _) ? this : null!;

    public IDictionary<string, string> Custom => Texts("custom");

    public IDictionary<string, string> Environment => Texts("env");

    public string AppPackageName => OfClient("app_package_name");

    public string AppTitle => OfClient("app_title");

    public string AppVersionCode => OfClient("app_version_code");

    public string AppVersionName => OfClient("app_version_name");

    public string InstallationId => OfClient("installation_id");

    /// <param name="json">Null when the caller sent none.</param>
    public static IClientContext? ContextOf(string? json) => json is null ? null : new MobileClient(Parse(json));

    public static ICognitoIdentity? IdentityOf(string? json) => json is null ? null : new CognitoIdentity(Parse(json));

    static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    static string Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? value.ToString() : null!;

    string OfClient(string name) => Text(context.GetProperty("client"), name);

    Dictionary<string, string> Texts(string name)
    {
        if (!context.TryGetProperty(name, out var values)) return null!;
        var texts = new Dictionary<string, string>();
        foreach (var value in values.EnumerateObject()) texts[value.Name] = value.Value.ToString();
        return texts;
    }

    sealed class CognitoIdentity(JsonElement identity) : ICognitoIdentity
    {
        public string IdentityId => Text(identity, "cognitoIdentityId");

        public string IdentityPoolId => Text(identity, "cognitoIdentityPoolId");
    }
}
