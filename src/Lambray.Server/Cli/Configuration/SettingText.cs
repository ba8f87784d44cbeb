using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Lambray.Functions.ExecutionEnvironments;

namespace Lambray.Server.Cli.Configuration;

/// <summary>Reads the values of settings; each throws <see cref="FormatException"/> with the end of a sentence that begins with the value.</summary>
static partial class SettingText
{
    /// <remarks>The port has to be written: .NET would read a lone 4566 as the address 0.0.17.214.</remarks>
    public static IPEndPoint EndPoint(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon > 0 && FindAddress(text[..colon]) is { } address
            && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            return new IPEndPoint(address, port);
        throw new FormatException("is no address with a port, such as 127.0.0.1:4566 or [::1]:4566");
    }

    public static string Directory(string text) =>
        text.Length > 0 && !text.Contains('\0') ? Path.GetFullPath(text) : throw new FormatException("is no path of a directory");

    public static string Region(string text) =>
        RegionName().IsMatch(text) ? text : throw new FormatException("is no region, such as us-east-1");

    public static string AccountId(string text) =>
        text.Length == 12 && text.All(char.IsAsciiDigit) ? text : throw new FormatException("is no account id of 12 digits");

    /// <remarks>A path must be whole, as functions do not start in the server's folder.</remarks>
    public static IReadOnlyDictionary<string, string> Programs(string text)
    {
        var programs = new Dictionary<string, string>();
        foreach (var entry in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (entry.Split('=', 2) is not [{ Length: > 0 } runtime, var path] || !Path.IsPathRooted(path))
                throw new FormatException("is no list such as python3.12=/opt/python/bin/python3,java21=/opt/jdk-21/bin/java");
            if (!File.Exists(path)) throw new FormatException($"names {path}, which is not there");
            programs[runtime] = path;
        }
        return programs;
    }

    public static Uri HttpAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https") && address.AbsolutePath == "/"
            ? address
            : throw new FormatException("is no address of a server, such as http://127.0.0.1:9000");

    public static bool OnOff(string text) => text switch
    {
        "on" => true,
        "off" => false,
        _ => throw new FormatException("is neither on nor off"),
    };

    public static int Count(string text, int min) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= min
            ? count
            : throw new FormatException($"is no whole number of at least {min}");

    /// <summary>Numbers with commas between; those that mean something else inside an environment are refused.</summary>
    public static IReadOnlyList<int> HostPorts(string text)
    {
        var ports = new List<int>();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!ushort.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port == 0)
                throw new FormatException("is no list of ports, such as 5432,6379");
            if (EnvironmentSockets.OwnPorts.Contains(port)) throw new FormatException($"is no list of ports to open: at {port} an environment has its Runtime API or its X-Ray daemon");
            if (!ports.Contains(port)) ports.Add(port);
        }
        return ports;
    }

    public static double Fraction(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var fraction) && fraction is >= 0 and <= 1
            ? fraction
            : throw new FormatException("is no fraction from 0 to 1");

    public static T OneOf<T>(string text) where T : struct, Enum
    {
        // By name only: Enum.Parse would take numbers too.
        foreach (var value in Enum.GetValues<T>())
            if (text.Equals(value.ToString(), StringComparison.OrdinalIgnoreCase)) return value;
        throw new FormatException($"is none of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}");
    }

    /// <summary>One of these words.</summary>
    public static string Choice(string text, params ReadOnlySpan<string> choices) =>
        choices.Contains(text.ToLowerInvariant()) ? text.ToLowerInvariant() : throw new FormatException($"is none of {string.Join(", ", choices)}");

    static IPAddress? FindAddress(string host)
    {
        if (host == "localhost") return IPAddress.Loopback;
        var bracketed = host.StartsWith('[') && host.EndsWith(']');
        // Without brackets the last group of an IPv6 address would pass for a port.
        if (host.Contains(':') != bracketed) return null;
        return IPAddress.TryParse(host.Trim('[', ']'), out var address) ? address : null;
    }

    [GeneratedRegex("^[a-z]{2,}(-[a-z0-9]+)+$")]
    private static partial Regex RegionName();
}
