using System.Globalization;
using System.Text;

namespace Lambray.Server.Prometheus;

/// <summary>Prometheus's text format, version 0.0.4 ("Exposition formats" in its documentation).</summary>
sealed class MetricText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    readonly StringBuilder text = new();
    string family = "";

    public void Begin(string name, string type, string help)
    {
        family = name;
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
    }

    /// <summary>A family of one value.</summary>
    public void Gauge(string name, string help, double value)
    {
        Begin(name, "gauge", help);
        Add(value);
    }

    public void Add(double value, params ReadOnlySpan<(string Name, string Value)> labels) => AddPart("", value, labels);

    /// <summary>A value of a histogram, whose names end differently.</summary>
    public void AddPart(string suffix, double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        text.Append(family).Append(suffix);
        for (var i = 0; i < labels.Length; i++) text.Append(i == 0 ? '{' : ',').Append(labels[i].Name).Append("=\"").Append(Escaped(labels[i].Value)).Append('"');
        if (labels.Length > 0) text.Append('}');
        text.Append(CultureInfo.InvariantCulture, $" {value}\n");
    }

    public override string ToString() => text.ToString();

    static string Escaped(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
