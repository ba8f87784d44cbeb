using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace Lambray.Functions.ExecutionEnvironments.Isolation.Network;

/// <summary>What one server on this machine may name and number in the host's network; held by a lock as long as the server lives.</summary>
/// <remarks>
/// Slot 3 has the table <c>lambray3</c>, interfaces <c>lbr3-…</c> and the addresses 198.18.48.0/20, a part of the network that
/// RFC 2544 sets aside for tests within one site. Who gets the lock knows that the slot's last holder is gone.
/// </remarks>
sealed class NetworkSlot : IDisposable
{
    public const int EnvironmentsMax = 2048;

    /// <summary>What the names of all servers' interfaces begin with.</summary>
    public const string InterfacePrefix = "lbr";

    /// <summary>Where the addresses of all servers' environments lie.</summary>
    public const string AllAddresses = "198.18.0.0/15";

    const int Slots = 32;
    const uint FirstAddress = (198u << 24) | (18 << 16);
    const int AddressesPerSlot = 4096;

    // The kernel counts its own up from one.
    const int FirstIndex = 1_000_000_000;

    readonly int number;
    readonly FileStream held;

    NetworkSlot(int number, FileStream held) => (this.number, this.held) = (number, held);

    // A file with something in it was not given back: its holder crashed.
    bool IsDirty => held.Length > 0;

    public string Table => string.Create(CultureInfo.InvariantCulture, $"lambray{number}");

    public string Interfaces => string.Create(CultureInfo.InvariantCulture, $"{InterfacePrefix}{number}-");

    public string Addresses => $"{Address(0)}/20";

    /// <summary>Takes the first slot that no living server has.</summary>
    /// <param name="directory">Where all servers of this machine keep their locks.</param>
    /// <exception cref="IOException">None is free, or the directory cannot be used.</exception>
    public static NetworkSlot Take(string directory)
    {
        for (var number = 0; number < Slots; number++)
        {
            if (TryHold(directory, number) is not { } slot) continue;
            slot.held.WriteByte((byte)'x');
            slot.held.Flush();
            return slot;
        }
        throw new IOException($"{Slots} servers share this machine's network already");
    }

    /// <summary>Looks for slots that a crash has left.</summary>
    /// <param name="clean">Removes what is named by such a slot.</param>
    public static async Task CleanAsync(string directory, Func<NetworkSlot, Task> clean)
    {
        for (var number = 0; number < Slots && File.Exists(Path.Combine(directory, FileName(number))); number++)
        {
            using var slot = TryHold(directory, number);
            if (slot is { IsDirty: true }) await clean(slot);
        }
    }

    public string Interface(int environment) => string.Create(CultureInfo.InvariantCulture, $"{Interfaces}{environment}");

    public int InterfaceIndex(int environment) => FirstIndex + (number * EnvironmentsMax) + environment;

    /// <summary>The host's end of the two addresses that an environment's cable has.</summary>
    public IPAddress HostAddress(int environment) => Address(environment * 2);

    public IPAddress EnvironmentAddress(int environment) => Address((environment * 2) + 1);

    public void Dispose()
    {
        held.SetLength(0);
        held.Dispose();
    }

    static string FileName(int number) => string.Create(CultureInfo.InvariantCulture, $"network-{number}");

    static NetworkSlot? TryHold(string directory, int number)
    {
        try
        {
            return new NetworkSlot(number, new FileStream(Path.Combine(directory, FileName(number)), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        // Another server has it.
        catch (IOException)
        {
            return null;
        }
    }

    IPAddress Address(int offset)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, FirstAddress + (uint)((number * AddressesPerSlot) + offset));
        return new IPAddress(bytes);
    }
}
