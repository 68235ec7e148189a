using System.Net;
using DeltaEdge.Core.Net;
using FsCheck;
using FsCheck.Fluent;

namespace DeltaEdge.UnitTests.Core.Net;

public sealed class AddressRulesTests
{
    [Theory]
    [InlineData("1.1.1.1", AddressScope.Public)]
    [InlineData("93.184.216.34", AddressScope.Public)]
    [InlineData("223.255.255.255", AddressScope.Public)]
    [InlineData("0.0.0.0", AddressScope.Reserved)]
    [InlineData("0.1.2.3", AddressScope.Reserved)]
    [InlineData("10.0.0.1", AddressScope.Private)]
    [InlineData("11.0.0.1", AddressScope.Public)]
    [InlineData("100.63.255.255", AddressScope.Public)]
    [InlineData("100.64.0.1", AddressScope.Private)]
    [InlineData("100.127.255.255", AddressScope.Private)]
    [InlineData("100.128.0.0", AddressScope.Public)]
    [InlineData("100.100.100.200", AddressScope.LinkLocal)]
    [InlineData("127.0.0.1", AddressScope.Loopback)]
    [InlineData("127.255.255.254", AddressScope.Loopback)]
    [InlineData("168.63.129.16", AddressScope.LinkLocal)]
    [InlineData("168.63.129.17", AddressScope.Public)]
    [InlineData("169.254.169.254", AddressScope.LinkLocal)]
    [InlineData("172.15.255.255", AddressScope.Public)]
    [InlineData("172.16.0.1", AddressScope.Private)]
    [InlineData("172.31.255.255", AddressScope.Private)]
    [InlineData("172.32.0.0", AddressScope.Public)]
    [InlineData("192.0.0.8", AddressScope.Reserved)]
    [InlineData("192.0.2.1", AddressScope.Reserved)]
    [InlineData("192.88.99.1", AddressScope.Reserved)]
    [InlineData("192.168.255.255", AddressScope.Private)]
    [InlineData("192.169.0.0", AddressScope.Public)]
    [InlineData("198.18.0.1", AddressScope.Reserved)]
    [InlineData("198.20.0.0", AddressScope.Public)]
    [InlineData("198.51.100.7", AddressScope.Reserved)]
    [InlineData("203.0.113.7", AddressScope.Reserved)]
    [InlineData("224.0.0.1", AddressScope.Reserved)]
    [InlineData("240.0.0.1", AddressScope.Reserved)]
    [InlineData("255.255.255.255", AddressScope.Reserved)]
    public void Version4_IsSortedByItsRange(string address, AddressScope scope) => Assert.Equal(scope, AddressRules.ScopeOf(IPAddress.Parse(address)));

    [Theory]
    [InlineData("2606:4700:4700::1111", AddressScope.Public)]
    [InlineData("2001:4860:4860::8888", AddressScope.Public)]
    [InlineData("::", AddressScope.Reserved)]
    [InlineData("::1", AddressScope.Loopback)]
    [InlineData("::7f00:1", AddressScope.Reserved)]
    [InlineData("100::1", AddressScope.Reserved)]
    [InlineData("64:ff9b:1::a00:1", AddressScope.Reserved)]
    [InlineData("2001::1", AddressScope.Reserved)]
    [InlineData("2001:db8::1", AddressScope.Reserved)]
    [InlineData("3fff::1", AddressScope.Reserved)]
    [InlineData("5f00::1", AddressScope.Reserved)]
    [InlineData("fc00::1", AddressScope.Private)]
    [InlineData("fd12:3456::1", AddressScope.Private)]
    [InlineData("fd00:ec2::254", AddressScope.LinkLocal)]
    [InlineData("fe80::1", AddressScope.LinkLocal)]
    [InlineData("fe80::1%2", AddressScope.LinkLocal)]
    [InlineData("febf::1", AddressScope.LinkLocal)]
    [InlineData("fec0::1", AddressScope.Private)]
    [InlineData("ff02::1", AddressScope.Reserved)]
    public void Version6_IsSortedByItsRange(string address, AddressScope scope) => Assert.Equal(scope, AddressRules.ScopeOf(IPAddress.Parse(address)));

    [Fact]
    public void Version4InsideVersion6_IsWhatTheInnerOneIs() => Prop.ForAll(Gen.Choose(0, 255).ArrayOf(4).ToArbitrary(), quad =>
    {
        var bytes = quad.Select(b => (byte)b).ToArray();
        var scope = AddressRules.ScopeOf(new IPAddress(bytes));

        Assert.Equal(scope, AddressRules.ScopeOf(new IPAddress(bytes).MapToIPv6()));
        Assert.Equal(scope, AddressRules.ScopeOf(new IPAddress([0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, .. bytes])));
        Assert.Equal(scope, AddressRules.ScopeOf(new IPAddress([0x20, 0x02, .. bytes, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1])));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("2002:7f00:1::1", false)]
    [InlineData("64:ff9b::a9fe:a9fe", false)]
    public void IsPublic_IsTrueOfNothingNearer(string address, bool isPublic) => Assert.Equal(isPublic, AddressRules.IsPublic(IPAddress.Parse(address)));
}
