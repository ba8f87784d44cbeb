using System.Globalization;
using System.Numerics;

namespace Lambray.Resources.DynamoDb.Values;

/// <summary>A number as DynamoDB keeps it: up to 38 significant digits, exact, from 1E-130 to 9.9…E+125 either side of zero.</summary>
/// <remarks>No type of .NET has this range: <see cref="decimal"/> has 28 digits, <see cref="double"/> is not exact.</remarks>
public readonly struct DynamoNumber : IEquatable<DynamoNumber>, IComparable<DynamoNumber>
{
    public const int DigitsMax = 38;
    public const int MagnitudeMax = 125;
    public const int MagnitudeMin = -130;

    readonly bool isNegative;

    // Without zeros at its end: equal numbers have equal fields.
    readonly UInt128 coefficient;
    readonly short exponent;

    internal DynamoNumber(bool isNegative, UInt128 coefficient, int exponent) =>
        (this.isNegative, this.coefficient, this.exponent) = (isNegative, coefficient, (short)exponent);

    public bool IsZero => coefficient == 0;

    public bool IsNegative => isNegative;

    internal UInt128 Coefficient => coefficient;

    internal int Exponent => exponent;

    /// <summary>The power of ten of its first digit.</summary>
    internal int Magnitude => exponent + DigitCount(coefficient) - 1;

    internal int Digits => DigitCount(coefficient);

    /// <param name="refusal">What is wrong, in AWS's words.</param>
    public static bool TryParse(string text, out DynamoNumber number, out string refusal)
    {
        number = default;
        refusal = "";
        if (text.Length == 0) return Refuse(out refusal, "The parameter cannot be converted to a numeric value");
        if (!DecimalText.TryRead(text, out var read)) return Refuse(out refusal, $"The parameter cannot be converted to a numeric value: {text}");
        if (read.Coefficient == 0 && read.Digits <= DigitsMax) return true;
        return TryMake(read.IsNegative, read.Coefficient, read.Digits, read.Exponent, out number, out refusal);
    }

    public static DynamoNumber Parse(string text) =>
        TryParse(text, out var number, out var refusal) ? number : throw new FormatException(refusal);

    public static DynamoNumber Of(long number) => Parse(number.ToString(CultureInfo.InvariantCulture));

    /// <returns>Whether the sum is a number that can be stored.</returns>
    public static bool TryAdd(DynamoNumber left, DynamoNumber right, out DynamoNumber sum, out string refusal)
    {
        var lowest = Math.Min(left.exponent, right.exponent);
        var total = left.Scaled(lowest) + right.Scaled(lowest);
        var exponent = (int)lowest;
        sum = default;
        refusal = "";
        if (total.IsZero) return true;
        while (BigInteger.DivRem(total, 10, out var rest) is var shorter && rest.IsZero) (total, exponent) = (shorter, exponent + 1);
        var digits = BigInteger.Abs(total).ToString(CultureInfo.InvariantCulture).Length;
        return TryMake(total.Sign < 0, digits > DigitsMax ? 0 : (UInt128)BigInteger.Abs(total), digits, exponent, out sum, out refusal);
    }

    public DynamoNumber Negated() => IsZero ? this : new DynamoNumber(!isNegative, coefficient, exponent);

    public int CompareTo(DynamoNumber other)
    {
        if (Sign != other.Sign) return Sign.CompareTo(other.Sign);
        if (Sign == 0) return 0;
        var byMagnitude = Magnitude.CompareTo(other.Magnitude);
        var bySize = byMagnitude != 0 ? byMagnitude : FullLength.CompareTo(other.FullLength);
        return isNegative ? -bySize : bySize;
    }

    public bool Equals(DynamoNumber other) => isNegative == other.isNegative && coefficient == other.coefficient && exponent == other.exponent;

    public override bool Equals(object? obj) => obj is DynamoNumber other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(isNegative, coefficient, exponent);

    public static bool operator ==(DynamoNumber left, DynamoNumber right) => left.Equals(right);

    public static bool operator !=(DynamoNumber left, DynamoNumber right) => !left.Equals(right);

    public static bool operator <(DynamoNumber left, DynamoNumber right) => left.CompareTo(right) < 0;

    public static bool operator >(DynamoNumber left, DynamoNumber right) => left.CompareTo(right) > 0;

    public static bool operator <=(DynamoNumber left, DynamoNumber right) => left.CompareTo(right) <= 0;

    public static bool operator >=(DynamoNumber left, DynamoNumber right) => left.CompareTo(right) >= 0;

    /// <summary>All digits, never with an exponent: so DynamoDB answers.</summary>
    public override string ToString()
    {
        if (IsZero) return "0";
        var digits = coefficient.ToString(CultureInfo.InvariantCulture);
        var sign = isNegative ? "-" : "";
        if (exponent >= 0) return sign + digits + new string('0', exponent);
        var point = digits.Length + exponent;
        return point > 0 ? $"{sign}{digits[..point]}.{digits[point..]}" : $"{sign}0.{new string('0', -point)}{digits}";
    }

    int Sign => IsZero ? 0 : isNegative ? -1 : 1;

    // All 38 digits, so that those of two numbers compare place by place.
    internal UInt128 FullLength => coefficient * PowerOfTen(DigitsMax - DigitCount(coefficient));

    static bool TryMake(bool isNegative, UInt128 coefficient, int digits, int exponent, out DynamoNumber number, out string refusal)
    {
        number = default;
        refusal = "";
        var magnitude = exponent + digits - 1;
        if (magnitude > MagnitudeMax) return Refuse(out refusal, "Number overflow. Attempting to store a number with magnitude larger than supported range");
        if (magnitude < MagnitudeMin) return Refuse(out refusal, "Number underflow. Attempting to store a number with magnitude smaller than supported range");
        if (digits > DigitsMax) return Refuse(out refusal, "Attempting to store more than 38 significant digits in a Number");
        number = new DynamoNumber(isNegative, coefficient, exponent);
        return true;
    }

    static bool Refuse(out string refusal, string message)
    {
        refusal = message;
        return false;
    }

    BigInteger Scaled(int lowest)
    {
        var size = (BigInteger)coefficient * BigInteger.Pow(10, exponent - lowest);
        return isNegative ? -size : size;
    }

    static int DigitCount(UInt128 number)
    {
        var count = 1;
        for (var rest = number / 10; rest > 0; rest /= 10) count++;
        return count;
    }

    static UInt128 PowerOfTen(int exponent)
    {
        UInt128 power = 1;
        for (; exponent > 0; exponent--) power *= 10;
        return power;
    }
}
