namespace Lambray.Resources.Iam;

/// <summary>Whether the policies of a role let it do something.</summary>
public enum RoleAccess
{
    Allowed,

    /// <summary>No statement allows it, or one denies it.</summary>
    Denied,

    /// <summary>This account has no such role.</summary>
    UnknownRole,
}
