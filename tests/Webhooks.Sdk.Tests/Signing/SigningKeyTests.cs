using System.Security.Cryptography;
using System.Text;
using FsCheck.Fluent;
using Webhooks.Sdk.Signing;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Signing;

public sealed class SigningKeyTests
{
    [Fact]
    public void The_MAC_is_that_of_both_parts_as_one_and_the_key_can_be_used_again()
    {
        var key = SigningKey.FromText("test_secret");
        var mac = new byte[32];
        Properties.ForAll(Gen.Zip(Generate.Text, Generate.Text), parts =>
        {
            key.HmacSha256(Encoding.UTF8.GetBytes(parts.Item1), Encoding.UTF8.GetBytes(parts.Item2), mac);
            return mac.SequenceEqual(HMACSHA256.HashData("test_secret"u8, Encoding.UTF8.GetBytes(parts.Item1 + parts.Item2)));
        });
    }

    [Fact]
    public void Many_threads_may_share_a_key()
    {
        var key = SigningKey.FromText("test_secret");
        Parallel.For(0, 2000, i =>
        {
            var (body, mac) = (BitConverter.GetBytes(i), new byte[32]);
            key.HmacSha256([], body, mac);
            mac.Should().Equal(HMACSHA256.HashData("test_secret"u8, body));
        });
    }

    [Fact]
    public void It_never_prints_the_secret() => $"{SigningKey.FromText("hunter2")}".Should().Be("SigningKey");
}
