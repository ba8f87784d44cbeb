namespace Lambray.Resources.Iam;

/// <summary>The tables of IAM. Names are unique regardless of case, as in AWS.</summary>
static class IamTables
{
    public const string RolesAndPolicies = """
        CREATE TABLE roles (
          name TEXT PRIMARY KEY COLLATE NOCASE, path TEXT NOT NULL, id TEXT NOT NULL, created INTEGER NOT NULL, trust_policy TEXT NOT NULL,
          description TEXT, max_session_seconds INTEGER NOT NULL);
        CREATE TABLE role_tags (
          role TEXT NOT NULL COLLATE NOCASE REFERENCES roles(name) ON DELETE CASCADE, key TEXT NOT NULL, value TEXT NOT NULL,
          PRIMARY KEY (role, key));
        CREATE TABLE role_policies (
          role TEXT NOT NULL COLLATE NOCASE REFERENCES roles(name), name TEXT NOT NULL COLLATE NOCASE, document TEXT NOT NULL,
          PRIMARY KEY (role, name));
        CREATE TABLE attached_role_policies (
          role TEXT NOT NULL COLLATE NOCASE REFERENCES roles(name), policy_arn TEXT NOT NULL,
          PRIMARY KEY (role, policy_arn));
        CREATE TABLE customer_policies (
          name TEXT PRIMARY KEY COLLATE NOCASE, path TEXT NOT NULL, id TEXT NOT NULL, created INTEGER NOT NULL, document TEXT NOT NULL,
          description TEXT);
        """;
}
