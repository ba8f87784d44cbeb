namespace Lambray.Resources.S3;

/// <summary>The tables of S3: what is known of an object, but its body, which is a file.</summary>
static class S3Tables
{
    // Keys are their UTF-8 bytes: S3 lists in that order, and a key may hold any character.
    public const string BucketsAndObjects = """
        CREATE TABLE buckets (name TEXT PRIMARY KEY, region TEXT NOT NULL, created INTEGER NOT NULL);
        CREATE TABLE objects (
          bucket TEXT NOT NULL REFERENCES buckets(name), key BLOB NOT NULL, file TEXT NOT NULL, size INTEGER NOT NULL, md5 BLOB NOT NULL,
          modified INTEGER NOT NULL, checksum_algorithm TEXT NOT NULL, checksum BLOB NOT NULL, metadata TEXT NOT NULL,
          PRIMARY KEY (bucket, key));
        CREATE INDEX objects_by_file ON objects (file);
        """;

    // What is current stays in one table, so that plain reads and listings cost the same with and without versions.
    public const string VersionsUploadsEvents = """
        ALTER TABLE buckets ADD COLUMN versioning TEXT;                   -- Enabled, Suspended; null for a bucket that never had versions
        ALTER TABLE buckets ADD COLUMN object_lock INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE bucket_settings (                                    -- cors, policy, notification, …; some there may be several of, by id
          bucket TEXT NOT NULL REFERENCES buckets(name), name TEXT NOT NULL, id TEXT NOT NULL, document TEXT NOT NULL,
          PRIMARY KEY (bucket, name, id)) WITHOUT ROWID;

        ALTER TABLE objects ADD COLUMN version TEXT NOT NULL DEFAULT 'null';
        ALTER TABLE objects ADD COLUMN sequence INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE objects ADD COLUMN parts INTEGER NOT NULL DEFAULT 0;  -- 0: file is one; else it names rows of body_parts
        ALTER TABLE objects ADD COLUMN checksum_parts INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE objects ADD COLUMN upload TEXT;
        ALTER TABLE objects ADD COLUMN tags TEXT;
        ALTER TABLE objects ADD COLUMN lock TEXT;
        ALTER TABLE objects ADD COLUMN acl TEXT;
        CREATE TABLE object_versions (                                    -- what is not current, and delete markers, whose file is empty
          bucket TEXT NOT NULL REFERENCES buckets(name), key BLOB NOT NULL, file TEXT NOT NULL, size INTEGER NOT NULL, md5 BLOB NOT NULL,
          modified INTEGER NOT NULL, checksum_algorithm TEXT NOT NULL, checksum BLOB NOT NULL, metadata TEXT NOT NULL, version TEXT NOT NULL,
          sequence INTEGER NOT NULL, parts INTEGER NOT NULL, checksum_parts INTEGER NOT NULL, upload TEXT, tags TEXT, lock TEXT, acl TEXT,
          PRIMARY KEY (bucket, key, sequence DESC)) WITHOUT ROWID;
        CREATE UNIQUE INDEX object_versions_by_id ON object_versions (bucket, key, version);
        CREATE INDEX object_versions_by_file ON object_versions (file) WHERE file <> '';
        CREATE TABLE s3_sequence (value INTEGER NOT NULL);
        INSERT INTO s3_sequence VALUES (0);

        CREATE TABLE body_parts (
          body TEXT NOT NULL, ordinal INTEGER NOT NULL, number INTEGER NOT NULL, file TEXT NOT NULL, size INTEGER NOT NULL, checksum BLOB NOT NULL,
          PRIMARY KEY (body, ordinal)) WITHOUT ROWID;
        CREATE INDEX body_parts_by_file ON body_parts (file);
        CREATE TABLE uploads (
          bucket TEXT NOT NULL REFERENCES buckets(name), key BLOB NOT NULL, id TEXT NOT NULL UNIQUE, initiated INTEGER NOT NULL, metadata TEXT NOT NULL,
          checksum_algorithm TEXT NOT NULL, is_composite INTEGER NOT NULL, is_checked INTEGER NOT NULL, tags TEXT, lock TEXT, acl TEXT,
          PRIMARY KEY (bucket, key, id)) WITHOUT ROWID;
        CREATE TABLE upload_parts (
          upload TEXT NOT NULL REFERENCES uploads(id) ON DELETE CASCADE, number INTEGER NOT NULL, file TEXT NOT NULL, size INTEGER NOT NULL, md5 BLOB NOT NULL,
          modified INTEGER NOT NULL, checksum BLOB NOT NULL,
          PRIMARY KEY (upload, number)) WITHOUT ROWID;
        CREATE INDEX upload_parts_by_file ON upload_parts (file);

        CREATE TABLE s3_notifications (                                   -- written with the change that they tell of, removed once delivered
          id INTEGER PRIMARY KEY AUTOINCREMENT, due INTEGER NOT NULL, attempts INTEGER NOT NULL, since INTEGER NOT NULL,
          target TEXT NOT NULL, bucket TEXT NOT NULL, message BLOB NOT NULL, trace TEXT NOT NULL);
        CREATE INDEX s3_notifications_by_due ON s3_notifications (due);
        """;

    // A file costs two syncs and a name of its own; what is small goes with the row that names it.
    public const string SmallBodies = """
        CREATE TABLE small_bodies (name TEXT PRIMARY KEY, content BLOB NOT NULL);
        """;
}
