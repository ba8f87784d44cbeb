namespace Lambray.Server.Cli;

static class ExitCodes
{
    public const int Done = 0;

    /// <summary>The server refused, or what came back is not what was hoped for.</summary>
    public const int Failed = 1;

    /// <summary>The command was called wrongly, or this machine cannot do what it was told to.</summary>
    public const int Misused = 2;

    /// <summary>128 and the number of SIGINT, as shells report it.</summary>
    public const int Interrupted = 130;
}
