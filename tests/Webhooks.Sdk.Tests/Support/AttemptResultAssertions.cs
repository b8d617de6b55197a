using System.Text;
using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Tests.Support;

internal static class AttemptResultAssertions
{
    // How late an attempt may end on a machine that has other things to do.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(4);

    public static void ShouldBeAnswer(this AttemptResult result, int status)
    {
        (result.Error, result.StatusCode, result.ErrorMessage).Should().Be((AttemptError.None, status, null));
        result.IsSuccess.Should().Be(status is >= 200 and < 300);
    }

    public static void ShouldBeError(this AttemptResult result, AttemptError error)
    {
        (result.Error, result.StatusCode).Should().Be((error, 0), because: result.ErrorMessage);
        result.IsSuccess.Should().BeFalse();
        result.ErrorMessage.Should().NotBeNullOrWhiteSpace();
        result.ErrorMessage!.Any(char.IsControl).Should().BeFalse();
        result.ResponseBody.Length.Should().Be(0);
        result.ResponseHeaders.Should().BeNull();
    }

    /// <summary>It ended because of its deadline, and at its deadline.</summary>
    public static void ShouldBeTimeoutAfter(this AttemptResult result, TimeSpan timeout)
    {
        result.ShouldBeError(AttemptError.Timeout);
        result.ShouldHaveTaken(timeout);
    }

    public static void ShouldHaveTaken(this AttemptResult result, TimeSpan timeout) =>
        result.Duration.Should().BeGreaterThan(timeout - TimeSpan.FromMilliseconds(50)).And.BeLessThan(timeout + Slack);

    public static string BodyText(this AttemptResult result) => Encoding.Latin1.GetString(result.ResponseBody.Span);
}
