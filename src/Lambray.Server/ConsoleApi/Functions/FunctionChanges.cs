using Lambray.Aws;
using Lambray.Functions.Registry;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Lambray.Server.ConsoleApi.Functions;

/// <summary>Creating, changing and deleting functions by the rules of the Lambda API, and what AWS's console does beside it for execution roles.</summary>
static class FunctionChanges
{
    public static async Task<FunctionChanged> Create(
        [FromBody] NewFunction asked, [FromServices] FunctionRegistry functions, [FromServices] CodeSource code, [FromServices] ExecutionRoles roles, [FromServices] AwsHome home)
    {
        var name = FunctionName.ParseNew(asked.Name, home).Name;
        var uploaded = await code.ReadAsync(asked.Zip, NullIfEmpty(asked.S3Bucket), NullIfEmpty(asked.S3Key), objectVersion: null, "function code");
        if (!string.IsNullOrEmpty(asked.Role)) return await GrantingAsync(roles, () => asked.Role, () => functions.CreateAsync(name, asked.ToConfig(asked.Role), uploaded));
        // A function that is there already is refused before anything is made for it.
        if (functions.Find(name) is not null) throw new AwsException("ResourceConflictException", StatusCodes.Status409Conflict, $"Function already exist: {name}");
        return await CreateWithRoleAsync(name, asked, uploaded, functions, roles);
    }

    public static Task<FunctionChanged> Configure(
        string name, [FromBody] FunctionSettingsChange asked, [FromServices] FunctionRegistry functions, [FromServices] ExecutionRoles roles, [FromServices] AwsHome home)
    {
        var function = FunctionName.Parse(name, qualifier: null, home);
        return GrantingAsync(
            roles, () => asked.Role ?? functions.Get(function).Role, () => functions.UpdateConfigurationAsync(function, asked.ToConfig(), Revision(asked.RevisionId)));
    }

    public static async Task<FunctionChanged> UpdateCode(
        string name, [FromBody] NewCode asked, [FromServices] FunctionRegistry functions, [FromServices] CodeSource code, [FromServices] AwsHome home)
    {
        var uploaded = await code.ReadAsync(asked.Zip, NullIfEmpty(asked.S3Bucket), NullIfEmpty(asked.S3Key), objectVersion: null, "function code");
        return FunctionChanged.Of(await functions.UpdateCodeAsync(
            FunctionName.Parse(name, qualifier: null, home), uploaded, architectures: null, Revision(asked.RevisionId), dryRun: false));
    }

    public static async Task<NoContent> Delete(string name, [FromServices] FunctionRegistry functions, [FromServices] AwsHome home)
    {
        await functions.DeleteAsync(FunctionName.Parse(name, qualifier: null, home));
        return TypedResults.NoContent();
    }

    static async Task<FunctionChanged> CreateWithRoleAsync(string name, NewFunction asked, UploadedCode uploaded, FunctionRegistry functions, ExecutionRoles roles)
    {
        var role = await roles.CreateForAsync(name);
        var arn = role.Arn.ToString();
        try
        {
            var attached = asked.ActiveTracing ? await roles.GrantTracingAsync(arn) : null;
            return FunctionChanged.Of(await functions.CreateAsync(name, asked.ToConfig(arn), uploaded)) with
            {
                AttachedPolicy = attached,
                CreatedRole = arn,
            };
        }
        catch (AwsException)
        {
            await roles.RemoveAsync(role);
            throw;
        }
    }

    /// <summary>As AWS's console: a role that lacks the permission for active tracing is given it, and the page is told.</summary>
    /// <remarks>Only once nothing else is wrong with the change, since the permission is looked at last.</remarks>
    static async Task<FunctionChanged> GrantingAsync(ExecutionRoles roles, Func<string> role, Func<Task<FunctionModel>> change)
    {
        try
        {
            return FunctionChanged.Of(await change());
        }
        catch (AwsException refusal) when (RolePermissions.IsTracingRefusal(refusal))
        {
            var attached = await roles.GrantTracingAsync(role());
            return FunctionChanged.Of(await change()) with
            {
                AttachedPolicy = attached,
            };
        }
    }

    static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    static Guid? Revision(string? revisionId) => AwsFront.Lambda.LambdaRequest.Revision(revisionId);
}
