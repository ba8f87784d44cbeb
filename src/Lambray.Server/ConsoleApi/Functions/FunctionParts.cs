using Lambray.Aws;
using Lambray.Functions.Registry;
using Lambray.Functions.Registry.Aliases;
using Lambray.Functions.Registry.Concurrency;
using Lambray.Functions.Registry.EventInvocation;
using Lambray.Functions.Registry.Policies;
using Lambray.Functions.Registry.Urls;
using Lambray.Functions.Registry.Versions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Lambray.Server.ConsoleApi.Functions;

/// <summary>What is set for a function beside its configuration: concurrency, versions, aliases, its address, who may invoke it, its tags.</summary>
static class FunctionParts
{
    /// <remarks>Without a number it shares the account's unreserved concurrency.</remarks>
    public static async Task<NoContent> Reserve(string name, [FromBody] ConcurrencyChange asked, [FromServices] ConcurrencyReservations reservations)
    {
        var function = new FunctionName(name, Qualifier: null);
        await (asked.Concurrency is { } concurrency ? reservations.ReserveAsync(function, concurrency) : reservations.ReleaseAsync(function));
        return TypedResults.NoContent();
    }

    /// <remarks>Without a number nothing is provisioned any more.</remarks>
    public static async Task<NoContent> Provision(string name, string qualifier, [FromBody] ConcurrencyChange asked, [FromServices] ProvisionedConcurrencies provisioned)
    {
        var function = new FunctionName(name, qualifier);
        await (asked.Concurrency is { } concurrency ? provisioned.PutAsync(function, concurrency) : provisioned.DeleteAsync(function));
        return TypedResults.NoContent();
    }

    public static async Task<NoContent> SetEventHandling(string name, string? qualifier, [FromBody] EventHandlingChange asked, [FromServices] EventInvokeConfigs configs)
    {
        await configs.PutAsync(
            new FunctionName(name, qualifier), new EventInvokeSettings(asked.MaximumRetryAttempts, asked.MaximumEventAgeInSeconds, asked.OnSuccess, asked.OnFailure, HasDestinations: true));
        return TypedResults.NoContent();
    }

    public static async Task<VersionDetail> Publish(string name, [FromBody] NewVersion asked, [FromServices] FunctionVersions versions)
    {
        var version = await versions.PublishAsync(new FunctionName(name, Qualifier: null), asked.Description, codeSha256: null, expectedRevision: null);
        return new VersionDetail(version.Version, version.Description, version.CodeSha256, version.LastModified);
    }

    public static async Task<NoContent> DeleteVersion(string name, string version, [FromServices] FunctionRegistry functions)
    {
        await functions.DeleteAsync(new FunctionName(name, version));
        return TypedResults.NoContent();
    }

    public static async Task<AliasDetail> PutAlias(string name, string alias, [FromBody] AliasChange asked, [FromServices] FunctionAliases aliases, [FromServices] FunctionRegistry functions)
    {
        var function = new FunctionName(name, Qualifier: null);
        var config = new AliasConfig(
            asked.FunctionVersion, asked.Description ?? "",
            asked is { SecondVersion: { Length: > 0 } second, SecondWeight: { } weight } ? new Dictionary<string, double> { [second] = weight } : new Dictionary<string, double>());
        var isThere = functions.GetRegistered(function).Aliases.ContainsKey(alias);
        return AliasDetail.Of(isThere ? await aliases.UpdateAsync(function, alias, config, expectedRevision: null) : await aliases.CreateAsync(function, alias, config));
    }

    public static async Task<NoContent> DeleteAlias(string name, string alias, [FromServices] FunctionAliases aliases)
    {
        await aliases.DeleteAsync(new FunctionName(name, Qualifier: null), alias);
        return TypedResults.NoContent();
    }

    /// <remarks>AWS's console, too, lets everybody call an address without authentication, by a permission of the same statement id.</remarks>
    public static async Task<NoContent> PutUrl(
        string name, string? qualifier, [FromBody] UrlChange asked, [FromServices] FunctionUrls urls, [FromServices] FunctionPolicies policies, [FromServices] FunctionRegistry functions)
    {
        const string PublicAccess = "FunctionURLAllowPublicAccess";
        var function = new FunctionName(name, qualifier);
        var settings = new FunctionUrlSettings(asked.AuthType, asked.InvokeMode, asked.AllowOrigins is [] or null ? null : new Cors(null, ["*"], ["*"], asked.AllowOrigins, null, null));
        var isThere = functions.GetRegistered(function).Urls.ContainsKey(qualifier ?? FunctionName.Latest);
        await (isThere ? urls.UpdateAsync(function, settings) : urls.CreateAsync(function, settings));
        if (asked.AuthType == "NONE" && policies.Find(function)?.AllowsPublicUrl() != true)
        {
            await policies.AddAsync(
                function, new PermissionRequest(PublicAccess, "lambda:InvokeFunctionUrl", "*")
                {
                    FunctionUrlAuthType = "NONE",
                }, expectedRevision: null);
        }
        return TypedResults.NoContent();
    }

    public static async Task<NoContent> DeleteUrl(string name, string? qualifier, [FromServices] FunctionUrls urls)
    {
        await urls.DeleteAsync(new FunctionName(name, qualifier));
        return TypedResults.NoContent();
    }

    public static async Task<NoContent> RemovePermission(string name, string statementId, string? qualifier, [FromServices] FunctionPolicies policies)
    {
        await policies.RemoveAsync(new FunctionName(name, qualifier), statementId, expectedRevision: null);
        return TypedResults.NoContent();
    }

    public static async Task<NoContent> AddPermission(string name, string? qualifier, [FromBody] NewPermission asked, [FromServices] FunctionPolicies policies)
    {
        await policies.AddAsync(
            new FunctionName(name, qualifier), new PermissionRequest(asked.StatementId, asked.Action, asked.Principal)
            {
                SourceArn = asked.SourceArn,
                SourceAccount = asked.SourceAccount,
            }, expectedRevision: null);
        return TypedResults.NoContent();
    }

    /// <remarks>All of them, in place of those that there are.</remarks>
    public static async Task<NoContent> PutTags(string name, [FromBody] TagsChange asked, [FromServices] ResourceTags tags, [FromServices] AwsHome home)
    {
        await tags.ReplaceAsync(new FunctionName(name, Qualifier: null).Arn(home).ToString(), asked.Tags);
        return TypedResults.NoContent();
    }
}
