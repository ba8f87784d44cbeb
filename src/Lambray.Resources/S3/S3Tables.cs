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
}
