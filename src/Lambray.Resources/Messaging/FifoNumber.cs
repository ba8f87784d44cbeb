using System.Globalization;

namespace Lambray.Resources.Messaging;

/// <summary>The place of a message in a FIFO queue or topic, as the API shows it.</summary>
static class FifoNumber
{
    // AWS's numbers have 20 digits, and only their order tells anything.
    const ulong First = 10_000_000_000_000_000_000;

    public static string Of(long place) => (First + (ulong)place).ToString(CultureInfo.InvariantCulture);
}
