using System.Globalization;
using Lambray.Aws;
using Lambray.Functions.Registry;
using Lambray.Functions.Registry.Policies;
using Lambray.Server.AwsFront.Lambda;

namespace Lambray.Server.AwsFront.Authorization;

/// <summary>Permissions of Lambda's operations, where a function's own policy has a say too.</summary>
static class LambdaPermissions
{
    public static IEnumerable<Permission> Of(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        if (LambdaOperations.FindName(http.Request.Method, path) is not { } operation) return [];
        var home = http.RequestServices.GetRequiredService<AwsHome>();
        // Several operations are one permission.
        var action = operation switch
        {
            "Invoke" or "InvokeWithResponseStream" => "InvokeFunction",
            _ => operation,
        };
        var fields = operation is "CreateFunction" or "UpdateFunctionConfiguration" or "CreateEventSourceMapping" ? RequestFields.Read(http) : new Dictionary<string, string>();
        var permission = new Permission($"lambda:{action}", ResourceOf(path, fields, home, http)) { Policy = PolicyOf(http, path) };
        return fields.TryGetValue("Role", out var role) ? [permission, PassRole(role)] : [permission];
    }

    // Whoever gives a function a role hands out what the role may do.
    static Permission PassRole(string role) => new("iam:PassRole", role) { Describe = context => context.Set("iam:PassedToService", "lambda.amazonaws.com") };

    static string ResourceOf(string path, IReadOnlyDictionary<string, string> fields, AwsHome home, HttpContext http)
    {
        // Every path begins with the date of its version.
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
        return parts switch
        {
            [_, "functions", var name, "aliases" or "versions", ..] => Function(name).UnqualifiedArn(home).ToString(),
            [_, "functions", var name, ..] => Function(name).Arn(home).ToString(),
            [_, "functions"] => fields.TryGetValue("FunctionName", out var created) ? Function(created).UnqualifiedArn(home).ToString() : "*",
            [_, "event-source-mappings", var uuid] => home.Regional("lambda", $"event-source-mapping:{uuid}").ToString(),
            [_, "layers", var layer, "versions", var version, ..] => home.Regional("lambda", string.Create(CultureInfo.InvariantCulture, $"layer:{layer}:{version}")).ToString(),
            [_, "layers", var layer, ..] => home.Regional("lambda", $"layer:{layer}").ToString(),
            [_, "code-signing-configs" or "tags", var arn, ..] => arn,
            _ => "*",
        };

        FunctionName Function(string text) => FunctionName.Parse(text, http.Request.Query["Qualifier"].FirstOrDefault(), home);
    }

    static Resources.Iam.ResourcePolicy? PolicyOf(HttpContext http, string path)
    {
        if (path.Split('/', StringSplitOptions.RemoveEmptyEntries) is not [_, "functions", var text, ..]) return null;
        var name = FunctionName.Parse(Uri.UnescapeDataString(text), http.Request.Query["Qualifier"].FirstOrDefault(), http.RequestServices.GetRequiredService<AwsHome>());
        return http.RequestServices.GetRequiredService<FunctionPolicies>().FindDocument(name);
    }
}
