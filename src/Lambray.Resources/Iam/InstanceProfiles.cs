using Lambray.Aws;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.Iam;

/// <summary>What hands a role to an EC2 instance; here there are none, but templates make it all the same.</summary>
public sealed record InstanceProfile(Arn Arn, string Path, string Name, string Id, DateTimeOffset CreateDate, Role? Role, IReadOnlyList<Tag> Tags);

/// <summary>The instance profiles of the account.</summary>
public sealed class InstanceProfiles(IamStore store)
{
    public async Task<InstanceProfile> Create(string name, string path, IReadOnlyList<Tag> tags)
    {
        IamNames.CheckInstanceProfileName(name);
        IamNames.CheckPath(path);
        IamNames.CheckTags(tags);
        var profile = new InstanceProfile(
            store.Home.Global("iam", $"instance-profile{path}{name}"), path, name, UniqueId.Create(UniqueId.InstanceProfilePrefix), store.Now, null, tags);
        await store.Change(connection =>
        {
            if (InstanceProfileRows.Find(connection, name, store.Home) is not null) throw IamErrors.AlreadyExists($"Instance Profile {name} already exists.");
            InstanceProfileRows.Insert(connection, profile);
        });
        return profile;
    }

    public InstanceProfile Get(string name) => store.Read(connection => Get(connection, name));

    /// <summary>Sorted by name.</summary>
    public IReadOnlyList<InstanceProfile> List(string pathPrefix = "/") => store.Read(connection => InstanceProfileRows.List(connection, pathPrefix, store.Home));

    public IReadOnlyList<InstanceProfile> ListOfRole(string roleName) => store.Read(connection =>
        InstanceProfileRows.ListOfRole(connection, Entities.Require(connection, PolicyHolder.Role(roleName)).Name, store.Home));

    /// <exception cref="AwsException">LimitExceeded when it has one.</exception>
    public Task AddRole(string name, string roleName) => store.Change(connection =>
    {
        var profile = Get(connection, name);
        var role = Entities.Require(connection, PolicyHolder.Role(roleName)).Name;
        if (profile.Role is not null) throw IamErrors.QuotaExceeded("InstanceSessionsPerInstanceProfile", 1);
        InstanceProfileRows.SetRole(connection, profile.Name, role);
    });

    public Task RemoveRole(string name, string roleName) => store.Change(connection =>
    {
        var profile = Get(connection, name);
        if (profile.Role is null || !profile.Role.RoleName.Equals(roleName, StringComparison.OrdinalIgnoreCase)) throw IamErrors.NotFound(EntityKind.Role, roleName);
        InstanceProfileRows.SetRole(connection, profile.Name, null);
    });

    /// <exception cref="AwsException">DeleteConflict while it has a role.</exception>
    public Task Delete(string name) => store.Change(connection =>
    {
        var profile = Get(connection, name);
        if (profile.Role is not null) throw IamErrors.DeleteConflict("Cannot delete entity, must remove roles from instance profile first.");
        InstanceProfileRows.Delete(connection, profile.Name);
    });

    public Task Tag(string name, IReadOnlyList<Tag> tags) =>
        store.Change(connection => IamTags.Add(connection, EntityKind.InstanceProfile, Get(connection, name).Name, tags));

    public Task Untag(string name, IReadOnlyList<string> keys) =>
        store.Change(connection => TagRows.Remove(connection, EntityKind.InstanceProfile, Get(connection, name).Name, keys));

    InstanceProfile Get(SqliteConnection connection, string name) =>
        InstanceProfileRows.Find(connection, name, store.Home) ?? throw IamErrors.NotFound(EntityKind.InstanceProfile, name);
}
