namespace Lambray.Resources.S3;

/// <summary>Polynomials over two elements modulo the one of a cyclic redundancy check; bit-reflected, so the highest bit is the constant term.</summary>
sealed class PolynomialField(ulong polynomial, int bits)
{
    readonly ulong one = 1UL << (bits - 1);

    public ulong Multiply(ulong left, ulong right)
    {
        ulong product = 0;
        for (var bit = one; bit != 0; bit >>= 1)
        {
            if ((left & bit) != 0) product ^= right;
            right = TimesX(right);
        }
        return product;
    }

    public ulong PowerOfX(long exponent)
    {
        var power = one;
        for (var square = TimesX(one); exponent > 0; exponent >>= 1)
        {
            if ((exponent & 1) != 0) power = Multiply(square, power);
            square = Multiply(square, square);
        }
        return power;
    }

    ulong TimesX(ulong value) => (value & 1) == 0 ? value >> 1 : (value >> 1) ^ polynomial;
}
