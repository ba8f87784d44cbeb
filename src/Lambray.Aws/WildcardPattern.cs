namespace Lambray.Aws;

/// <summary>Matching by <c>*</c> (any run of characters, also none) and <c>?</c> (one character), as policies and sampling rules are written.</summary>
public static class WildcardPattern
{
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text, StringComparison comparison)
    {
        // On a mismatch only the last star is tried again, one character further: linear in practice, never exponential.
        int p = 0, t = 0, star = -1, starText = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*') (star, starText, p) = (p, t, p + 1);
            else if (p < pattern.Length && (pattern[p] == '?' || pattern.Slice(p, 1).Equals(text.Slice(t, 1), comparison))) (p, t) = (p + 1, t + 1);
            else if (star >= 0) (p, t) = (star + 1, ++starText);
            else return false;
        }
        return pattern[p..].Trim('*').IsEmpty;
    }
}
