namespace Lambray.Server.Cli.Demo.PhotoAlbum;

/// <summary>What the parts of the photo album are called.</summary>
sealed class AlbumNames(string region, string account)
{
    public const string Application = "photo-album";

    public const string Api = $"{Application}-api";
    public const string Thumbnail = $"{Application}-thumbnail";
    public const string Notify = $"{Application}-notify";
    public const string Count = $"{Application}-count";

    public const string Bucket = Application;
    public const string Photos = $"{Application}-photos";
    public const string Counts = $"{Application}-counts";

    /// <summary>Topic and queue of the photos that are there.</summary>
    public const string News = $"{Application}-news";

    public const string FailedPhotos = $"{Application}-failed-photos";
    public const string FailedNews = $"{Application}-failed-news";
    public const string FailedRecords = $"{Application}-failed-records";

    public static readonly string[] Functions = [Api, Thumbnail, Notify, Count];

    public string FunctionArn(string name) => ArnOf("lambda", $"function:{name}");

    public string QueueArn(string name) => ArnOf("sqs", name);

    public string TopicArn => ArnOf("sns", News);

    string ArnOf(string service, string resource) => $"arn:aws:{service}:{region}:{account}:{resource}";
}
