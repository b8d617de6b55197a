using Webhooks.Sdk.Signing;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Signing;

public sealed class UnsignedSignerTests
{
    private static readonly UnsignedSigner Signer = new();

    [Fact]
    public void Nothing_is_added() => Signer.Sign("{}", Sample.Time).Should().BeEmpty();

    [Fact]
    public void Nothing_can_be_verified() => Received.None.VerifiedBy(Signer, Sample.Time).Failure.Should().Be(VerificationFailure.NotSigned);
}
