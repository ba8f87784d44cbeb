namespace Lambray.Server.Hosting;

/// <summary>The folder in which a server keeps everything, held by one server at a time.</summary>
/// <remarks>
/// <code>
/// server.lock      held while a server runs
/// credentials      the root's access key, for its owner alone to read
/// traces.db        segments
/// functions.db     functions and waiting events
/// resources.db     roles, policies, buckets, object metadata
/// logs.db          CloudWatch logs
/// metrics.db       CloudWatch metrics
/// messages/        queues and topics
/// code/            deployment packages
/// layers/          what several layers together put under /opt
/// objects/         bodies of S3 objects
/// environments/    files of running execution environments
/// vacant/          files of sandboxes that wait for an environment
/// volumes/         where their disks are mounted, for the server alone to see
/// </code>
/// </remarks>
public sealed class DataDirectory : IDisposable
{
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    readonly FileStream held;

    DataDirectory(string path, FileStream held) => (Path, this.held) = (path, held);

    public string Path { get; }

    public string Credentials => CredentialsOf(Path);

    public string Code => System.IO.Path.Combine(Path, "code");

    public string Layers => System.IO.Path.Combine(Path, "layers");

    public string Volumes => System.IO.Path.Combine(Path, "volumes");

    public string Vacant => System.IO.Path.Combine(Path, "vacant");

    public string Environments => System.IO.Path.Combine(Path, "environments");

    /// <summary>Where the root's access key is, whether or not a server runs.</summary>
    public static string CredentialsOf(string dataDirectory) => System.IO.Path.Combine(dataDirectory, "credentials");

    /// <exception cref="DataDirectoryException">It cannot be made or written, or another server holds it.</exception>
    public static DataDirectory Open(string path)
    {
        Make(path);
        return new DataDirectory(path, Hold(path));
    }

    public void Dispose() => held.Dispose();

    static void Make(string path)
    {
        try
        {
            Directory.CreateDirectory(path, OwnerOnly);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataDirectoryException($"{path} cannot be made: {error.Message}", error);
        }
    }

    static FileStream Hold(string path)
    {
        var file = System.IO.Path.Combine(path, "server.lock");
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataDirectoryException($"{path} cannot be written: {error.Message}", error);
        }
        catch (IOException error)
        {
            throw new DataDirectoryException($"{path} cannot be held; is another server running on it? {error.Message}", error);
        }
    }
}

/// <summary>Why a data directory cannot be used, in one line for whoever started the server.</summary>
public sealed class DataDirectoryException(string message, Exception inner) : Exception(message, inner);
