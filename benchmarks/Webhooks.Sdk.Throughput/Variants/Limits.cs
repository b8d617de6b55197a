namespace Webhooks.Sdk.Throughput.Variants;

/// <summary>What all variants have in common.</summary>
internal static class Limits
{
    /// <summary>Requests in flight to the one endpoint.</summary>
    public const int InFlight = 64;

    /// <summary>Callers that publish at the same time.</summary>
    public const int Callers = 64;

    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=";

    public static byte[] Key => Convert.FromBase64String(Secret["whsec_".Length..]);
}
