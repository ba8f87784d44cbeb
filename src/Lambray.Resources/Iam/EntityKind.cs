namespace Lambray.Resources.Iam;

/// <summary>What IAM gives names, tags and policies to.</summary>
public enum EntityKind
{
    Role,
    User,
    Group,
    Policy,
    InstanceProfile,
}

/// <summary>A role, user or group by its name.</summary>
public readonly record struct PolicyHolder(EntityKind Kind, string Name)
{
    public static PolicyHolder Role(string name) => new(EntityKind.Role, name);

    public static PolicyHolder User(string name) => new(EntityKind.User, name);

    public static PolicyHolder Group(string name) => new(EntityKind.Group, name);
}
