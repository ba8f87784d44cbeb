using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Lambray.Aws;

namespace Lambray.Functions.Registry.Urls;

/// <summary>The HTTP addresses of functions and aliases ("Lambda function URLs" in the Developer Guide).</summary>
public sealed partial class FunctionUrls(FunctionStore store, AwsHome home, TimeProvider time)
{
    const string QualifierPattern = @"((?!^\d+$)^[0-9a-zA-Z-_]+$)";
    const int IdLength = 32;

    /// <summary>Whose address begins with this label; null when nobody's does.</summary>
    /// <returns>The name has a qualifier if the address is an alias's.</returns>
    public (FunctionName Function, FunctionUrl Url)? FindById(string id)
    {
        if (store.FindUrl(id) is not { } found || store.Find(found.Name)?.Urls.GetValueOrDefault(found.Qualifier) is not { } url) return null;
        return (new FunctionName(found.Name, found.Qualifier == FunctionName.Latest ? null : found.Qualifier), url);
    }

    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public FunctionUrl Get(FunctionName function)
    {
        RequireQualifier(function);
        return store.Find(function.Name)?.Urls.GetValueOrDefault(KeyOf(function)) ?? throw LambdaErrors.ResourceNotFound();
    }

    /// <summary>With the names that they belong to, in the order of the qualifiers.</summary>
    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public IEnumerable<(FunctionName Function, FunctionUrl Url)> List(FunctionName function) => (store.Find(function.Name) ?? throw NoFunction()).Urls
        .OrderBy(url => url.Key, StringComparer.Ordinal)
        .Select(url => (function with { Qualifier = url.Key == FunctionName.Latest ? null : url.Key }, url.Value));

    /// <exception cref="AwsException">The function or alias is not there, its address is, or the request breaks a limit.</exception>
    public async Task<FunctionUrl> CreateAsync(FunctionName function, FunctionUrlSettings settings)
    {
        RequireQualifier(function);
        settings.Check(isNew: true);
        var now = time.GetUtcNow();
        var url = new FunctionUrl(NewId(), settings.AuthType!, settings.InvokeMode ?? "BUFFERED", settings.Cors, now, now);
        await store.ChangeAsync(function.Name, found =>
        {
            if (found is null || !store.HasQualifier(found, function.Qualifier)) throw NoFunction();
            if (found.Urls.ContainsKey(KeyOf(function)))
                throw new AwsException("ResourceConflictException", 409,
                    $"Failed to create function url config for [functionArn = {function.Arn(home)}]. Error message:  FunctionUrlConfig exists for this Lambda function");
            return found with { Urls = found.Urls.Add(KeyOf(function), url) };
        });
        return url;
    }

    /// <exception cref="AwsException">As <see cref="CreateAsync"/>; or there is no address.</exception>
    public async Task<FunctionUrl> UpdateAsync(FunctionName function, FunctionUrlSettings settings)
    {
        RequireQualifier(function);
        settings.Check(isNew: false);
        var changed = await store.ChangeAsync(function.Name, found =>
        {
            if (found is null || !store.HasQualifier(found, function.Qualifier)) throw NoFunction();
            if (found.Urls.GetValueOrDefault(KeyOf(function)) is not { } current) throw LambdaErrors.ResourceNotFound();
            return found with
            {
                Urls = found.Urls.SetItem(KeyOf(function), current with
                {
                    AuthType = settings.AuthType ?? current.AuthType,
                    InvokeMode = settings.InvokeMode ?? current.InvokeMode,
                    Cors = settings.Cors ?? current.Cors,
                    LastModified = time.GetUtcNow(),
                }),
            };
        });
        return changed.Urls[KeyOf(function)];
    }

    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public async Task DeleteAsync(FunctionName function)
    {
        RequireQualifier(function);
        await store.ChangeAsync(function.Name, found => found is not null && found.Urls.ContainsKey(KeyOf(function))
            ? found with { Urls = found.Urls.Remove(KeyOf(function)) }
            : throw LambdaErrors.ResourceNotFound());
    }

    static void RequireQualifier(FunctionName function)
    {
        if (function.Qualifier is { } qualifier)
            new Validation().Require(QualifierRegex().IsMatch(qualifier), qualifier, "qualifier", $"Member must satisfy regular expression pattern: {QualifierPattern}").ThrowIfAny();
    }

    static string NewId() => RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz234567", IdLength);

    static string KeyOf(FunctionName function) => function.Qualifier ?? FunctionName.Latest;

    static AwsException NoFunction() => new("ResourceNotFoundException", 404, "Function does not exist");

    [GeneratedRegex(@"^(?!\d+\z)[0-9a-zA-Z-_]+\z")]
    private static partial Regex QualifierRegex();
}
