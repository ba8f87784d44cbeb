using Lambray.Aws.Signing;

namespace Lambray.Resources.Iam;

/// <summary>The access key of the account's root, in a file that only its owner reads, in the form that AWS's clients know as a shared credentials file.</summary>
/// <remarks>It is no row of the database, so that whoever lost every other key still has this one.</remarks>
public static class RootAccessKey
{
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Made when it is missing.</summary>
    /// <exception cref="InvalidDataException">There is a file, and no key in it.</exception>
    public static AwsCredentials Open(string path)
    {
        if (!File.Exists(path)) Write(path, new AwsCredentials(UniqueId.Create(UniqueId.AccessKeyPrefix), AccessKeys.NewSecret()));
        return Read(path) ?? throw new InvalidDataException($"{path} has no access key; move it away, and a new one is made.");
    }

    /// <returns>Null when there is no file that may be read, or no key in it.</returns>
    public static AwsCredentials? Find(string path)
    {
        try
        {
            return File.Exists(path) ? Read(path) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    static void Write(string path, AwsCredentials key)
    {
        // Whole or not at all, should the power fail now.
        var beside = path + ".new";
        using (var file = new FileStream(beside, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
        {
            using var text = new StreamWriter(file);
            text.Write($"[default]\naws_access_key_id = {key.AccessKeyId}\naws_secret_access_key = {key.SecretAccessKey}\n");
            text.Flush();
            file.Flush(flushToDisk: true);
        }
        File.Move(beside, path, overwrite: true);
    }

    static AwsCredentials? Read(string path) => SharedCredentials.Read(File.ReadAllText(path), "default");
}
