namespace Lambray.Resources.DynamoDb.Values;

/// <summary>A decimal number as it was written, with or without point and exponent.</summary>
/// <param name="Coefficient">Its digits from the first to the last that is not zero; meaningless when there are more than <see cref="DynamoNumber.DigitsMax"/>.</param>
readonly record struct DecimalText(bool IsNegative, UInt128 Coefficient, int Digits, int Exponent)
{
    // Beyond any range, and far from overflowing a sum.
    const int ExponentMax = 1_000_000;

    public static bool TryRead(ReadOnlySpan<char> text, out DecimalText read)
    {
        read = default;
        var at = 0;
        var isNegative = text.Length > 0 && text[0] == '-';
        if (text.Length > 0 && text[0] is '-' or '+') at++;
        UInt128 coefficient = 0;
        int digits = 0, zeros = 0, fraction = 0;
        bool hasDigit = false, hasPoint = false;
        for (; at < text.Length && (char.IsAsciiDigit(text[at]) || (text[at] == '.' && !hasPoint)); at++)
        {
            if (text[at] == '.')
            {
                hasPoint = true;
                continue;
            }
            hasDigit = true;
            if (hasPoint) fraction++;
            var digit = text[at] - '0';
            // Zeros count once another digit follows them, and not before the first.
            if (digit == 0)
            {
                if (digits > 0) zeros++;
                continue;
            }
            for (; zeros > 0; zeros--) (coefficient, digits) = (coefficient * 10, digits + 1);
            (coefficient, digits) = ((coefficient * 10) + (UInt128)digit, digits + 1);
        }
        if (!hasDigit || !TryReadExponent(text[at..], out var exponent)) return false;
        read = new DecimalText(isNegative, digits == 0 ? 0 : coefficient, digits, exponent - fraction + zeros);
        return true;
    }

    static bool TryReadExponent(ReadOnlySpan<char> text, out int exponent)
    {
        exponent = 0;
        if (text.Length == 0) return true;
        if (text[0] is not ('e' or 'E')) return false;
        var isNegative = text.Length > 1 && text[1] == '-';
        var digits = text[(text.Length > 1 && text[1] is '-' or '+' ? 2 : 1)..];
        if (digits.Length == 0) return false;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit)) return false;
            exponent = Math.Min((exponent * 10) + (digit - '0'), ExponentMax);
        }
        if (isNegative) exponent = -exponent;
        return true;
    }
}
