using System.Globalization;

namespace Lambray.Tracing.Segments;

/// <summary>The value of an annotation: a string, a number or a boolean, and exactly one of them.</summary>
public readonly record struct AnnotationValue
{
    AnnotationValue(string? text, double? number, bool? flag) => (Text, Number, Flag) = (text, number, flag);

    public string? Text { get; }

    public double? Number { get; }

    public bool? Flag { get; }

    public static implicit operator AnnotationValue(string text) => new(text, null, null);

    public static implicit operator AnnotationValue(double number) => new(null, number, null);

    public static implicit operator AnnotationValue(bool flag) => new(null, null, flag);

    public override string ToString() => Text ?? Number?.ToString(CultureInfo.InvariantCulture) ?? (Flag == true ? "true" : "false");
}
