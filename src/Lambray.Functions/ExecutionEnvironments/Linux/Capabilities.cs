using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Lambray.Functions.ExecutionEnvironments.Linux;

/// <summary>What this process may do beyond an ordinary user (<c>man 7 capabilities</c>).</summary>
static class Capabilities
{
    const string EffectiveSet = "CapEff:";
    const int NetworkAdministration = 12;
    const int SystemAdministration = 21;
    const int AmbientOption = 47;
    const ulong Raise = 2;
    const ulong ClearAll = 4;

    /// <summary>Whether it may make namespaces: as root, or as a user who is in a user namespace of his own.</summary>
    public static bool AllowNamespaces()
    {
        const ulong Wanted = (1UL << NetworkAdministration) | (1UL << SystemAdministration);
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(EffectiveSet, StringComparison.Ordinal));
        return (ulong.Parse(line.AsSpan(EffectiveSet.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & Wanted) == Wanted;
    }

    /// <summary>Programs that the calling thread starts get none of an ordinary user's capabilities.</summary>
    public static void KeepFromChildren() => Control(ClearAll, 0);

    /// <summary>Programs that the calling thread starts may enter its namespaces and set up their networks.</summary>
    public static void GiveToChildren()
    {
        Control(Raise, SystemAdministration);
        Control(Raise, NetworkAdministration);
    }

    static void Control(ulong operation, ulong capability)
    {
        if (LibC.ProcessControl(AmbientOption, operation, capability, 0, 0) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
    }
}
