using Lambray.Aws;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.Iam;

/// <summary>The users of the account and the groups that they are in. What it returns are copies.</summary>
public sealed class UserDirectory(IamStore store, HeldPolicies policies)
{
    /// <exception cref="AwsException">EntityAlreadyExists, NoSuchEntity for the boundary, or ValidationError.</exception>
    public async Task<User> CreateUser(string userName, string path = "/", string? boundary = null, IReadOnlyList<Tag>? tags = null)
    {
        IamNames.CheckUserName(userName);
        IamNames.CheckPath(path);
        IamNames.CheckTags(tags ?? []);
        var user = new User(store.Home.Global("iam", $"user{path}{userName}"), path, userName, UniqueId.Create(UniqueId.UserPrefix), store.Now, tags ?? []) { Boundary = boundary };
        await store.Change(connection =>
        {
            RequireFreeName(connection, userName);
            if (boundary is not null) policies.RequireBoundary(connection, boundary);
            UserRows.Insert(connection, user);
        });
        return user;
    }

    public User GetUser(string userName) => store.Read(connection => User(connection, userName));

    /// <summary>Sorted by name.</summary>
    public IReadOnlyList<User> ListUsers(string pathPrefix = "/") => store.Read(connection => UserRows.List(connection, pathPrefix, store.Home));

    /// <summary>Changes what is not null.</summary>
    public Task UpdateUser(string userName, string? newName, string? newPath)
    {
        if (newName is not null) IamNames.CheckUserName(newName);
        if (newPath is not null) IamNames.CheckPath(newPath);
        return store.Change(connection =>
        {
            var user = User(connection, userName);
            if (newName is not null && !newName.Equals(user.UserName, StringComparison.OrdinalIgnoreCase)) RequireFreeName(connection, newName);
            UserRows.Update(connection, user, newName ?? user.UserName, newPath ?? user.Path);
        });
    }

    /// <exception cref="AwsException">DeleteConflict while it has policies, keys or groups.</exception>
    public Task DeleteUser(string userName) => store.Change(connection =>
    {
        var user = User(connection, userName);
        HeldPolicies.RequireNone(connection, PolicyHolder.User(user.UserName));
        if (AccessKeyRows.List(connection, user.UserName).Count > 0) throw IamErrors.DeleteConflict("Cannot delete entity, must delete access keys first.");
        if (GroupRows.ListOfUser(connection, user.UserName, store.Home).Count > 0) throw IamErrors.DeleteConflict("Cannot delete entity, must remove users from group first.");
        UserRows.Delete(connection, user.UserName);
    });

    public Task TagUser(string userName, IReadOnlyList<Tag> tags) =>
        store.Change(connection => IamTags.Add(connection, EntityKind.User, User(connection, userName).UserName, tags));

    public Task UntagUser(string userName, IReadOnlyList<string> keys) =>
        store.Change(connection => TagRows.Remove(connection, EntityKind.User, User(connection, userName).UserName, keys));

    public async Task<Group> CreateGroup(string groupName, string path = "/")
    {
        IamNames.CheckGroupName(groupName);
        IamNames.CheckPath(path);
        var group = new Group(store.Home.Global("iam", $"group{path}{groupName}"), path, groupName, UniqueId.Create(UniqueId.GroupPrefix), store.Now);
        await store.Change(connection =>
        {
            RequireFreeGroup(connection, groupName);
            GroupRows.Insert(connection, group);
        });
        return group;
    }

    /// <summary>The group with its members, sorted by name.</summary>
    public (Group Group, IReadOnlyList<User> Members) GetGroup(string groupName) => store.Read<(Group, IReadOnlyList<User>)>(connection =>
        Group(connection, groupName) is var group ? (group, UserRows.ListOfGroup(connection, group.GroupName, store.Home)) : default);

    /// <summary>Sorted by name.</summary>
    public IReadOnlyList<Group> ListGroups(string pathPrefix = "/") => store.Read(connection => GroupRows.List(connection, pathPrefix, store.Home));

    public IReadOnlyList<Group> ListGroupsOf(string userName) =>
        store.Read(connection => GroupRows.ListOfUser(connection, User(connection, userName).UserName, store.Home));

    public Task UpdateGroup(string groupName, string? newName, string? newPath)
    {
        if (newName is not null) IamNames.CheckGroupName(newName);
        if (newPath is not null) IamNames.CheckPath(newPath);
        return store.Change(connection =>
        {
            var group = Group(connection, groupName);
            if (newName is not null && !newName.Equals(group.GroupName, StringComparison.OrdinalIgnoreCase)) RequireFreeGroup(connection, newName);
            GroupRows.Update(connection, group, newName ?? group.GroupName, newPath ?? group.Path);
        });
    }

    /// <exception cref="AwsException">DeleteConflict while it has policies or members.</exception>
    public Task DeleteGroup(string groupName) => store.Change(connection =>
    {
        var group = Group(connection, groupName);
        HeldPolicies.RequireNone(connection, PolicyHolder.Group(group.GroupName));
        if (UserRows.ListOfGroup(connection, group.GroupName, store.Home).Count > 0) throw IamErrors.DeleteConflict("Cannot delete entity, must remove users from group first.");
        GroupRows.Delete(connection, group.GroupName);
    });

    /// <summary>Adding who is in it already changes nothing.</summary>
    /// <exception cref="AwsException">LimitExceeded for a user in ten groups.</exception>
    public Task AddUserToGroup(string groupName, string userName) => store.Change(connection =>
    {
        var (group, user) = (Group(connection, groupName), User(connection, userName));
        GroupRows.AddMember(connection, group.GroupName, user.UserName);
        if (GroupRows.ListOfUser(connection, user.UserName, store.Home).Count > IamQuotas.GroupsPerUser) throw IamErrors.QuotaExceeded("GroupsPerUser", IamQuotas.GroupsPerUser);
    });

    public Task RemoveUserFromGroup(string groupName, string userName) => store.Change(connection =>
    {
        if (!GroupRows.RemoveMember(connection, Group(connection, groupName).GroupName, User(connection, userName).UserName))
            throw IamErrors.NoSuchEntity($"User {userName} is not in group {groupName}.");
    });

    User User(SqliteConnection connection, string userName) => UserRows.Find(connection, userName, store.Home) ?? throw IamErrors.NotFound(EntityKind.User, userName);

    Group Group(SqliteConnection connection, string groupName) => GroupRows.Find(connection, groupName, store.Home) ?? throw IamErrors.NotFound(EntityKind.Group, groupName);

    void RequireFreeName(SqliteConnection connection, string userName)
    {
        if (UserRows.Find(connection, userName, store.Home) is not null) throw IamErrors.AlreadyExists($"User with name {userName} already exists.");
    }

    void RequireFreeGroup(SqliteConnection connection, string groupName)
    {
        if (GroupRows.Find(connection, groupName, store.Home) is not null) throw IamErrors.AlreadyExists($"Group with name {groupName} already exists.");
    }
}
