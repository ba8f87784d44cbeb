using Lambray.Functions.ExecutionEnvironments.Isolation.Network;
using Xunit;

namespace Lambray.Tests.Functions.ExecutionEnvironments;

public sealed class ReadingNameServers
{
    [Fact]
    public void Keeps_what_an_environment_can_reach_and_how_names_are_looked_up()
    {
        var found = NameServers.Parse("""
            # made by hand
            domain example.org
            nameserver 127.0.0.53
            nameserver   192.0.2.53
            nameserver fe80::1%eth0
            ; a comment
            search example.org example.com
            options edns0 trust-ad
            nameserver	198.51.100.53 
            """);
        Assert.Equal(["192.0.2.53", "198.51.100.53"], found.Addresses.Select(address => address.ToString()));
        Assert.Equal("domain example.org\nsearch example.org example.com\noptions edns0 trust-ad\nnameserver 192.0.2.53\nnameserver 198.51.100.53\n", found.Text);
    }

    [Fact]
    public void Finds_none_where_there_is_only_the_loopback() => Assert.Empty(NameServers.Parse("nameserver 127.0.0.1\nnameserver ::1\n").Addresses);
}
