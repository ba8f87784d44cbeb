using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lambray.Aws;
using Lambray.Storage;

namespace Lambray.Functions.Registry.CodeSigning;

/// <summary>The code signing configurations of the account, and which functions have them.</summary>
/// <remarks>
/// No signature can be verified here, as those who make them are not. So to a function whose configuration says Enforce no code
/// comes, and one whose configuration says Warn takes any, as AWS does with code that is not signed.
/// </remarks>
public sealed partial class CodeSigningConfigs(SqliteDatabase database, FunctionStore store, AwsHome home, TimeProvider time) : ITaggedResources, IDisposable
{
    const string ProfilePattern = @"arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:([a-z]{2}(-gov)?-[a-z]+-\d{1})?:(\d{12})?:(.*)";
    const string ArnPattern = @"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:code-signing-config:csc-[a-z0-9]{17}";
    const string IdLetters = "0123456789abcdef";
    const int IdLength = 17;
    const int ArnLengthMax = 200;
    const int ProfilesMax = 20;
    const int DescriptionLengthMax = 256;

    readonly SemaphoreSlim changing = new(1, 1);

    string ITaggedResources.ArnResource => "code-signing-config";

    public async Task<CodeSigningConfig> CreateAsync(CodeSigningSettings settings)
    {
        new Validation().Require(settings.SigningProfileVersionArns is not null, null, "allowedPublishers", "Member must not be null").ThrowIfAny();
        Check(settings);
        TagLimits.Check(settings.Tags);
        var id = "csc-" + RandomNumberGenerator.GetString(IdLetters, IdLength);
        var config = new CodeSigningConfig(
            id, home.Regional("lambda", $"code-signing-config:{id}").ToString(), settings.Description ?? "", settings.SigningProfileVersionArns!,
            settings.UntrustedArtifactOnDeployment ?? "Warn", time.GetUtcNow())
        {
            Tags = settings.Tags ?? new Dictionary<string, string>(),
        };
        await SaveAsync(config);
        return config;
    }

    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public CodeSigningConfig Get(string arn)
    {
        CheckArn(arn);
        return Find(arn) ?? throw NotFound(arn);
    }

    /// <summary>In the order of their ids, from behind this one.</summary>
    public IReadOnlyList<CodeSigningConfig> List(string afterId, int count) => database.Read(connection => connection.All(
        "SELECT config FROM code_signing_configs WHERE id > $1 ORDER BY id LIMIT $2", row => Read(row.GetString(0)), afterId, count));

    /// <exception cref="AwsException">ResourceNotFoundException, or the request breaks a limit.</exception>
    public Task<CodeSigningConfig> UpdateAsync(string arn, CodeSigningSettings settings)
    {
        Check(settings);
        return ChangeAsync(arn, current => current with
        {
            Description = settings.Description ?? current.Description,
            SigningProfileVersionArns = settings.SigningProfileVersionArns ?? current.SigningProfileVersionArns,
            UntrustedArtifactOnDeployment = settings.UntrustedArtifactOnDeployment ?? current.UntrustedArtifactOnDeployment,
            LastModified = time.GetUtcNow(),
        });
    }

    /// <exception cref="AwsException">ResourceNotFoundException, or a function still has it.</exception>
    public async Task DeleteAsync(string arn)
    {
        var config = Get(arn);
        if (store.ListByCodeSigningConfig(arn, "", 1).Count > 0)
            throw new AwsException("ResourceConflictException", 409, "Cannot delete the code signing configuration: it is in use by a function.");
        await database.WriteAsync(connection => connection.Run("DELETE FROM code_signing_configs WHERE id = $1", config.Id));
    }

    /// <summary>Names of the functions that have it, in order, from behind this one.</summary>
    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public IReadOnlyList<string> ListFunctions(string arn, string after, int count) => store.ListByCodeSigningConfig(Get(arn).Arn, after, count);

    /// <summary>The ARN of a function's configuration; null when it has none.</summary>
    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public string? FindOf(FunctionName function) => store.Find(function.Name).Require(function, home).CodeSigningConfigArn;

    /// <exception cref="AwsException">The configuration or the function is not there.</exception>
    public Task AttachAsync(FunctionName function, string? arn)
    {
        new Validation().Require(arn is not null, null, "codeSigningConfigArn", "Member must not be null").ThrowIfAny();
        RequireAttachable(arn!);
        return store.ChangeAsync(function.Name, found => found.Require(function, home) with { CodeSigningConfigArn = arn });
    }

    public Task DetachAsync(FunctionName function) =>
        store.ChangeAsync(function.Name, found => found.Require(function, home) with { CodeSigningConfigArn = null });

    /// <exception cref="AwsException">CodeSigningConfigNotFoundException.</exception>
    public CodeSigningConfig RequireAttachable(string arn)
    {
        CheckArn(arn);
        return Find(arn) ?? throw new AwsException(
            "CodeSigningConfigNotFoundException", 404, $"The code signing configuration cannot be found. Check that the provided configuration is not deleted: {arn}.");
    }

    /// <summary>Whether code may come to a function that has this configuration.</summary>
    /// <param name="arn">Null for a function that has none.</param>
    /// <exception cref="AwsException">CodeVerificationFailedException: the configuration demands a signature.</exception>
    public void RequireUnsignedAllowed(string? arn)
    {
        if (arn is null || Find(arn) is not { UntrustedArtifactOnDeployment: "Enforce" }) return;
        throw new AwsException(
            "CodeVerificationFailedException", 400,
            "Lambda cannot deploy the function. The function or layer might be signed using a signature that the client is not configured to accept. " +
            "Check the provided signature for the function or layer.");
    }

    IReadOnlyDictionary<string, string> ITaggedResources.GetTags(string arn) => Get(arn).Tags;

    Task ITaggedResources.ChangeTagsAsync(string arn, Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> change) =>
        ChangeAsync(arn, current => current with { Tags = change(current.Tags) });

    public void Dispose() => changing.Dispose();

    async Task<CodeSigningConfig> ChangeAsync(string arn, Func<CodeSigningConfig, CodeSigningConfig> change)
    {
        await changing.WaitAsync();
        try
        {
            var changed = change(Get(arn));
            await SaveAsync(changed);
            return changed;
        }
        finally
        {
            changing.Release();
        }
    }

    CodeSigningConfig? Find(string arn) => database.Read(connection => connection.One(
        "SELECT config FROM code_signing_configs WHERE id = $1", row => Read(row.GetString(0)), arn[(arn.LastIndexOf(':') + 1)..])) is { } found && found.Arn == arn ? found : null;

    Task<int> SaveAsync(CodeSigningConfig config)
    {
        var json = JsonSerializer.Serialize(config, CodeSigningJson.Default.CodeSigningConfig);
        return database.WriteAsync(connection => connection.Run("INSERT OR REPLACE INTO code_signing_configs (id, config) VALUES ($1, $2)", config.Id, json));
    }

    static void Check(CodeSigningSettings settings)
    {
        var validation = new Validation().RequireLength(settings.Description, "description", 0, DescriptionLengthMax)
            .Require(settings.UntrustedArtifactOnDeployment is null or "Warn" or "Enforce", settings.UntrustedArtifactOnDeployment,
                "codeSigningPolicies.untrustedArtifactOnDeployment", "Member must satisfy enum value set: [Warn, Enforce]");
        if (settings.SigningProfileVersionArns is { } profiles)
        {
            const string Member = "allowedPublishers.signingProfileVersionArns";
            var text = $"[{string.Join(", ", profiles)}]";
            validation.Require(profiles.Count > 0, text, Member, "Member must have length greater than or equal to 1")
                .Require(profiles.Count <= ProfilesMax, text, Member, $"Member must have length less than or equal to {ProfilesMax}")
                // JSON's null gets past the type that says there is none.
                .Require(profiles.All(profile => profile is not null && ProfileRegex().IsMatch(profile)), text, Member,
                    $"Member must satisfy constraint: [Member must satisfy regular expression pattern: {ProfilePattern}, Member must not be null]");
        }
        validation.ThrowIfAny();
    }

    static void CheckArn(string arn) => new Validation().RequireLength(arn, "codeSigningConfigArn", 0, ArnLengthMax)
        .Require(ArnRegex().IsMatch(arn), arn, "codeSigningConfigArn", $"Member must satisfy regular expression pattern: {ArnPattern}").ThrowIfAny();

    static AwsException NotFound(string arn) =>
        new("ResourceNotFoundException", 404, $"The Lambda code signing configuration {arn} can not be found.") { HasType = false };

    static CodeSigningConfig Read(string json) => JsonSerializer.Deserialize(json, CodeSigningJson.Default.CodeSigningConfig)!;

    [GeneratedRegex($@"^{ProfilePattern}\z")]
    private static partial Regex ProfileRegex();

    [GeneratedRegex($@"^{ArnPattern}\z")]
    private static partial Regex ArnRegex();
}
