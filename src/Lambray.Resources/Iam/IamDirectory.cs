using Lambray.Aws;
using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.Iam;

/// <summary>The roles of the account with their policies, and the judgement of what a role may do.</summary>
/// <remarks>What it returns are copies. A change is on disk once its task completes, and the next <see cref="CheckAccess"/> sees it.</remarks>
public sealed class IamDirectory(SqliteDatabase database, ManagedPolicies managedPolicies, AwsHome home, TimeProvider time)
{
    readonly PermissionCache permissions = new();

    /// <exception cref="AwsException">EntityAlreadyExists, MalformedPolicyDocument or ValidationError.</exception>
    public async Task<Role> CreateRole(RoleRequest request)
    {
        IamNames.CheckRoleName(request.RoleName);
        IamNames.CheckPath(request.Path);
        IamNames.CheckDescription(request.Description);
        IamNames.CheckMaxSession(request.MaxSessionDuration);
        PolicyDocument.Parse(request.TrustPolicy, PolicyKind.Trust);
        var role = new Role(
            home.Global("iam", $"role{request.Path}{request.RoleName}"), request.Path, request.RoleName, UniqueId.Create(UniqueId.RolePrefix),
            time.GetUtcNow(), request.TrustPolicy, request.Description, request.MaxSessionDuration, request.Tags);
        await Change(connection =>
        {
            if (RoleRows.Find(connection, role.RoleName, home) is not null)
                throw IamErrors.AlreadyExists($"Role with name {role.RoleName} already exists.");
            RoleRows.Insert(connection, role);
        });
        return role;
    }

    /// <returns>Null for a role of another account or path, too.</returns>
    public Role? FindRole(Arn role) => database.Read(connection => Find(connection, role));

    public Role GetRole(string roleName) => database.Read(connection => Get(connection, roleName));

    /// <summary>Sorted by name.</summary>
    public IReadOnlyList<Role> ListRoles(string pathPrefix = "/") => database.Read(connection => RoleRows.List(connection, pathPrefix, home));

    /// <exception cref="AwsException">DeleteConflict while it has policies.</exception>
    public Task DeleteRole(string roleName) => Change(connection =>
    {
        var role = Get(connection, roleName);
        if (RolePolicyRows.ListAttached(connection, role.RoleName).Count > 0)
            throw IamErrors.DeleteConflict("Cannot delete entity, must detach all policies first.");
        if (RolePolicyRows.ListNames(connection, role.RoleName).Count > 0)
            throw IamErrors.DeleteConflict("Cannot delete entity, must delete policies first.");
        RoleRows.Delete(connection, role.RoleName);
    });

    /// <summary>Attaching what is attached already changes nothing.</summary>
    public Task AttachRolePolicy(string roleName, string policyArn) => Change(connection =>
    {
        var role = Get(connection, roleName);
        if (!Arn.TryParse(policyArn, out _)) throw IamErrors.InvalidInput($"ARN {policyArn} is not valid.");
        if (managedPolicies.Find(connection, policyArn) is null) throw IamErrors.PolicyNotAttachable(policyArn);
        RolePolicyRows.Attach(connection, role.RoleName, policyArn);
    });

    public Task DetachRolePolicy(string roleName, string policyArn) => Change(connection =>
    {
        if (!RolePolicyRows.Detach(connection, Get(connection, roleName).RoleName, policyArn)) throw IamErrors.PolicyNotFound(policyArn);
    });

    /// <summary>Sorted by ARN.</summary>
    public IReadOnlyList<ManagedPolicy> ListAttachedRolePolicies(string roleName) => database.Read(connection => Attached(connection, Get(connection, roleName)));

    /// <summary>Adds an inline policy, or replaces the one of that name.</summary>
    public Task PutRolePolicy(string roleName, string policyName, string document)
    {
        IamNames.CheckPolicyName(policyName);
        PolicyDocument.Parse(document, PolicyKind.Identity);
        return Change(connection => RolePolicyRows.Put(connection, Get(connection, roleName).RoleName, policyName, document));
    }

    /// <returns>The document of the inline policy.</returns>
    public string GetRolePolicy(string roleName, string policyName) => database.Read(connection =>
        RolePolicyRows.FindDocument(connection, Get(connection, roleName).RoleName, policyName)) ?? throw IamErrors.RolePolicyNotFound(policyName);

    /// <summary>The names of the inline policies, sorted.</summary>
    public IReadOnlyList<string> ListRolePolicies(string roleName) =>
        database.Read(connection => RolePolicyRows.ListNames(connection, Get(connection, roleName).RoleName));

    public Task DeleteRolePolicy(string roleName, string policyName) => Change(connection =>
    {
        if (!RolePolicyRows.Delete(connection, Get(connection, roleName).RoleName, policyName)) throw IamErrors.RolePolicyNotFound(policyName);
    });

    /// <summary>Whether the role's policies allow the action, such as <c>xray:PutTraceSegments</c>, on the resource. A Deny wins; what no statement allows is denied.</summary>
    /// <remarks>
    /// Conditions are not evaluated: an Allow with a condition allows nothing, a Deny with a condition always denies. Policy variables are
    /// read for the worse in the same way. Cheap enough for each invocation: answered from memory until a role or policy changes.
    /// </remarks>
    public RoleAccess CheckAccess(Arn role, string action, string resource = "*") => permissions.Find(role, LoadPermissions) switch
    {
        null => RoleAccess.UnknownRole,
        var policies => PolicyDocument.Allows(policies, action, resource) ? RoleAccess.Allowed : RoleAccess.Denied,
    };

    async Task Change(Action<SqliteConnection> write)
    {
        await database.WriteAsync(write);
        permissions.Forget();
    }

    IReadOnlyList<PolicyDocument>? LoadPermissions(Arn roleArn) => database.Read(connection =>
    {
        if (Find(connection, roleArn) is not { } role) return null;
        var documents = Attached(connection, role).Select(policy => policy.Document).Concat(RolePolicyRows.ListDocuments(connection, role.RoleName));
        return documents.Select(document => PolicyDocument.Parse(document, PolicyKind.Identity)).ToArray();
    });

    Role Get(SqliteConnection connection, string roleName) => RoleRows.Find(connection, roleName, home) ?? throw IamErrors.RoleNotFound(roleName);

    Role? Find(SqliteConnection connection, Arn arn) => RoleRows.Find(connection, arn.ResourceName, home) is { } role && role.Arn == arn ? role : null;

    // A policy cannot be deleted while it is attached.
    ManagedPolicy[] Attached(SqliteConnection connection, Role role) =>
        [.. RolePolicyRows.ListAttached(connection, role.RoleName).Select(arn => managedPolicies.Find(connection, arn)!)];
}
