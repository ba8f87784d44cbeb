using System.Text;

namespace Lambray.DotNetRuntime;

/// <summary>One HTTP response.</summary>
sealed class HttpAnswer(int status, List<KeyValuePair<string, string>> headers, byte[] body)
{
    public int Status => status;

    public byte[] Body => body;

    public string Text => Encoding.UTF8.GetString(body);

    /// <summary>Whether the server answers nothing more on this connection.</summary>
    public bool ClosesConnection => string.Equals(Header("Connection"), "close", StringComparison.OrdinalIgnoreCase);

    /// <summary>Null when it has none, or an empty one.</summary>
    public string? Header(string name) => Find(headers, name);

    public static string? Find(List<KeyValuePair<string, string>> headers, string name)
    {
        foreach (var (header, value) in headers)
        {
            if (string.Equals(header, name, StringComparison.OrdinalIgnoreCase)) return value.Length == 0 ? null : value;
        }
        return null;
    }
}
