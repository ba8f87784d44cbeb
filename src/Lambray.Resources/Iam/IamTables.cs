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

    /// <summary>Users and groups came later; what only roles had, policies and tags, became anybody's.</summary>
    /// <remarks>A <c>kind</c> is that of <see cref="EntityKind"/>.</remarks>
    public const string UsersAndGroups = """
        CREATE TABLE users (
          name TEXT PRIMARY KEY COLLATE NOCASE, path TEXT NOT NULL, id TEXT NOT NULL, created INTEGER NOT NULL, boundary TEXT);
        CREATE TABLE groups (
          name TEXT PRIMARY KEY COLLATE NOCASE, path TEXT NOT NULL, id TEXT NOT NULL, created INTEGER NOT NULL);
        CREATE TABLE group_members (
          "group" TEXT NOT NULL COLLATE NOCASE REFERENCES groups(name) ON UPDATE CASCADE,
          user TEXT NOT NULL COLLATE NOCASE REFERENCES users(name) ON UPDATE CASCADE,
          PRIMARY KEY ("group", user));
        CREATE TABLE access_keys (
          id TEXT PRIMARY KEY, user TEXT NOT NULL COLLATE NOCASE REFERENCES users(name) ON UPDATE CASCADE, secret TEXT NOT NULL,
          active INTEGER NOT NULL, created INTEGER NOT NULL, used INTEGER, used_service TEXT, used_region TEXT);
        CREATE INDEX access_keys_by_user ON access_keys (user);
        CREATE TABLE instance_profiles (
          name TEXT PRIMARY KEY COLLATE NOCASE, path TEXT NOT NULL, id TEXT NOT NULL, created INTEGER NOT NULL,
          role TEXT COLLATE NOCASE REFERENCES roles(name));
        CREATE TABLE account_alias (alias TEXT NOT NULL);

        CREATE TABLE inline_policies (
          kind TEXT NOT NULL, holder TEXT NOT NULL COLLATE NOCASE, name TEXT NOT NULL COLLATE NOCASE, document TEXT NOT NULL,
          PRIMARY KEY (kind, holder, name));
        INSERT INTO inline_policies SELECT 'Role', role, name, document FROM role_policies;
        DROP TABLE role_policies;
        CREATE TABLE attached_policies (
          kind TEXT NOT NULL, holder TEXT NOT NULL COLLATE NOCASE, policy_arn TEXT NOT NULL, PRIMARY KEY (kind, holder, policy_arn));
        INSERT INTO attached_policies SELECT 'Role', role, policy_arn FROM attached_role_policies;
        DROP TABLE attached_role_policies;
        CREATE INDEX attached_policies_by_arn ON attached_policies (policy_arn);
        CREATE TABLE tags (
          kind TEXT NOT NULL, name TEXT NOT NULL COLLATE NOCASE, key TEXT NOT NULL COLLATE NOCASE, value TEXT NOT NULL, PRIMARY KEY (kind, name, key));
        INSERT OR IGNORE INTO tags SELECT 'Role', role, key, value FROM role_tags;
        DROP TABLE role_tags;
        ALTER TABLE roles ADD COLUMN boundary TEXT;

        CREATE TABLE policy_versions (
          policy TEXT NOT NULL COLLATE NOCASE REFERENCES customer_policies(name) ON DELETE CASCADE, number INTEGER NOT NULL, document TEXT NOT NULL,
          created INTEGER NOT NULL, PRIMARY KEY (policy, number));
        INSERT INTO policy_versions SELECT name, 1, document, created FROM customer_policies;
        ALTER TABLE customer_policies DROP COLUMN document;
        ALTER TABLE customer_policies ADD COLUMN default_version INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE customer_policies ADD COLUMN last_version INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE customer_policies ADD COLUMN updated INTEGER NOT NULL DEFAULT 0;
        UPDATE customer_policies SET updated = created;
        """;
    /// <summary>What ends by itself: sessions of STS, and who has signed in to the console.</summary>
    public const string Sessions = """
        CREATE TABLE sessions (
          access_key TEXT PRIMARY KEY, secret TEXT NOT NULL, token TEXT NOT NULL, expires INTEGER NOT NULL, identity TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE sign_ins (digest TEXT PRIMARY KEY, access_key TEXT NOT NULL, ends INTEGER NOT NULL) WITHOUT ROWID;
        """;
}
