using Lambray.Aws;
using Lambray.Resources.Iam.Policies;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.Iam;

/// <summary>The roles of the account, and the judgement of what anybody may do.</summary>
/// <remarks>What it returns are copies. A change is on disk once its task completes, and the next <see cref="CheckAccess"/> sees it.</remarks>
public sealed class IamDirectory(IamStore store, HeldPolicies policies, TimeProvider time)
{
    /// <exception cref="AwsException">EntityAlreadyExists, MalformedPolicyDocument, LimitExceeded or ValidationError.</exception>
    public async Task<Role> CreateRole(RoleRequest request)
    {
        IamNames.CheckRoleName(request.RoleName);
        IamNames.CheckPath(request.Path);
        IamNames.CheckDescription(request.Description);
        IamNames.CheckMaxSession(request.MaxSessionDuration);
        IamNames.CheckTags(request.Tags);
        CheckTrust(request.TrustPolicy);
        var role = new Role(
            store.Home.Global("iam", $"role{request.Path}{request.RoleName}"), request.Path, request.RoleName, UniqueId.Create(UniqueId.RolePrefix),
            store.Now, request.TrustPolicy, request.Description, request.MaxSessionDuration, request.Tags)
        {
            Boundary = request.Boundary,
        };
        await store.Change(connection =>
        {
            if (RoleRows.Find(connection, role.RoleName, store.Home) is not null)
                throw IamErrors.AlreadyExists($"Role with name {role.RoleName} already exists.");
            if (request.Boundary is { } boundary) policies.RequireBoundary(connection, boundary);
            RoleRows.Insert(connection, role);
        });
        return role;
    }

    /// <returns>Null for a role of another account or path, too.</returns>
    public Role? FindRole(Arn role) => store.Read(connection => Find(connection, role));

    public Role GetRole(string roleName) => store.Read(connection => Get(connection, roleName));

    /// <summary>Sorted by name.</summary>
    public IReadOnlyList<Role> ListRoles(string pathPrefix = "/") => store.Read(connection => RoleRows.List(connection, pathPrefix, store.Home));

    /// <summary>Changes what is not null.</summary>
    public Task<Role> UpdateRole(string roleName, string? description = null, TimeSpan? maxSessionDuration = null, string? trustPolicy = null)
    {
        IamNames.CheckDescription(description);
        if (maxSessionDuration is { } maxSession) IamNames.CheckMaxSession(maxSession);
        if (trustPolicy is not null) CheckTrust(trustPolicy);
        return store.Change(connection =>
        {
            var role = Get(connection, roleName);
            var changed = role with
            {
                Description = description ?? role.Description,
                MaxSessionDuration = maxSessionDuration ?? role.MaxSessionDuration,
                TrustPolicy = trustPolicy ?? role.TrustPolicy,
            };
            RoleRows.Update(connection, changed);
            return changed;
        });
    }

    public Task TagRole(string roleName, IReadOnlyList<Tag> tags) =>
        store.Change(connection => IamTags.Add(connection, EntityKind.Role, Get(connection, roleName).RoleName, tags));

    public Task UntagRole(string roleName, IReadOnlyList<string> keys) =>
        store.Change(connection => TagRows.Remove(connection, EntityKind.Role, Get(connection, roleName).RoleName, keys));

    /// <exception cref="AwsException">DeleteConflict while it has policies, or an instance profile has it.</exception>
    public Task DeleteRole(string roleName) => store.Change(connection =>
    {
        var role = Get(connection, roleName);
        if (InstanceProfileRows.ListOfRole(connection, role.RoleName, store.Home).Count > 0)
            throw IamErrors.DeleteConflict("Cannot delete entity, must remove roles from instance profile first.");
        HeldPolicies.RequireNone(connection, PolicyHolder.Role(role.RoleName));
        RoleRows.Delete(connection, role.RoleName);
    });

    /// <inheritdoc cref="HeldPolicies.Attach"/>
    public Task AttachRolePolicy(string roleName, string policyArn) => policies.Attach(PolicyHolder.Role(roleName), policyArn);

    public Task DetachRolePolicy(string roleName, string policyArn) => policies.Detach(PolicyHolder.Role(roleName), policyArn);

    /// <summary>Sorted by ARN.</summary>
    public IReadOnlyList<ManagedPolicy> ListAttachedRolePolicies(string roleName) => policies.ListAttached(PolicyHolder.Role(roleName));

    /// <summary>The names of the inline policies, sorted.</summary>
    public IReadOnlyList<string> ListRolePolicies(string roleName) => [.. policies.ListInline(PolicyHolder.Role(roleName)).Select(policy => policy.Name)];

    /// <inheritdoc cref="HeldPolicies.PutInline"/>
    public Task PutRolePolicy(string roleName, string policyName, string document) => policies.PutInline(PolicyHolder.Role(roleName), policyName, document);

    /// <summary>Whether the role's policies allow the action, such as <c>xray:PutTraceSegments</c>, on the resource, whoever has the role.</summary>
    /// <remarks>Cheap enough for each invocation: answered from memory until a role or policy changes.</remarks>
    public RoleAccess CheckAccess(Arn role, string action, string resource = "*")
    {
        if (store.Permissions.Find(role, LoadRole) is not { } held) return RoleAccess.UnknownRole;
        var caller = CallerIdentity.Session(role, UniqueId.For(UniqueId.RolePrefix, role), "lambda");
        return PolicyEvaluation.Decide(Request(caller, action, resource, new RequestContext()), held) == AccessDecision.Allowed ? RoleAccess.Allowed : RoleAccess.Denied;
    }

    /// <summary>Whether the caller may do this, all policies together.</summary>
    /// <param name="context">What the request tells besides; who the caller is and what time it is are added here.</param>
    /// <param name="resourcePolicy">Of the resource, where it has one.</param>
    public AccessDecision Decide(CallerIdentity caller, string action, string resource, RequestContext context, ResourcePolicy? resourcePolicy = null) =>
        PolicyEvaluation.Decide(Request(caller, action, resource, context), PoliciesOf(caller) with { Resource = resourcePolicy?.Document });

    /// <summary>Whether the role lets itself be taken by the caller.</summary>
    public AccessDecision DecideTrust(CallerIdentity caller, Role role, string action, RequestContext context) => PolicyEvaluation.DecideTrust(
        Request(caller, action, role.Arn.ToString(), context), PolicyDocument.Parse(role.TrustPolicy, PolicyKind.Trust), PoliciesOf(caller));

    /// <summary>Whether a service, such as <c>lambda.amazonaws.com</c>, may take the role.</summary>
    public bool TrustsService(Role role, string service)
    {
        var caller = CallerIdentity.OfService(service);
        return DecideTrust(caller, role, "sts:AssumeRole", caller.Describe(new RequestContext())) == AccessDecision.Allowed;
    }

    /// <summary>What the caller's own policies are; of a role or user that is not there any more, none.</summary>
    public PolicySet PoliciesOf(CallerIdentity caller)
    {
        if (caller.Service is not null || caller.IsAnonymous) return new PolicySet();
        var held = caller.IsRoot ? null : store.Permissions.Find(caller.Principal, caller.Role is null ? LoadUser : LoadRole);
        return (held ?? new PolicySet()) with { Session = caller.SessionPolicies };
    }

    AccessRequest Request(CallerIdentity caller, string action, string resource, RequestContext context)
    {
        var now = time.GetUtcNow();
        caller.Describe(context).Set("aws:CurrentTime", now.UtcDateTime.ToString("O")).Set("aws:EpochTime", $"{now.ToUnixTimeSeconds()}");
        return new AccessRequest(caller, action, resource, context);
    }

    PolicySet? LoadRole(Arn roleArn) => store.Read(connection => Find(connection, roleArn) is not { } role ? null : new PolicySet
    {
        Identity = [.. policies.Documents(connection, PolicyHolder.Role(role.RoleName))],
        Boundary = policies.Boundary(connection, role.Boundary),
    });

    PolicySet? LoadUser(Arn userArn) => store.Read(connection => UserRows.Find(connection, userArn.ResourceName, store.Home) is not { } user || user.Arn != userArn ? null : new PolicySet
    {
        Identity =
        [
            .. policies.Documents(connection, PolicyHolder.User(user.UserName)),
            .. GroupRows.ListOfUser(connection, user.UserName, store.Home).SelectMany(group => policies.Documents(connection, PolicyHolder.Group(group.GroupName))),
        ],
        Boundary = policies.Boundary(connection, user.Boundary),
    });

    Role Get(SqliteConnection connection, string roleName) => RoleRows.Find(connection, roleName, store.Home) ?? throw IamErrors.NotFound(EntityKind.Role, roleName);

    Role? Find(SqliteConnection connection, Arn arn) => RoleRows.Find(connection, arn.ResourceName, store.Home) is { } role && role.Arn == arn ? role : null;

    static void CheckTrust(string trustPolicy)
    {
        PolicyDocument.Parse(trustPolicy, PolicyKind.Trust);
        IamQuotas.CheckSize(trustPolicy, IamQuotas.TrustPolicySizeMax, "ACLSizePerRole");
    }
}
