namespace Webhooks.Sdk.Interop.Tests;

/// <summary>Which library stands at the other end of which profile.</summary>
internal static class Counterparts
{
    private const string StandardSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string OtherStandardSecret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    public static IReadOnlyList<Counterpart> All { get; } =
    [
        new("standard", "standardwebhooks") { Refusal = "WebhookVerificationError: No matching signature found" },
        new("standard", "svix") { Refusal = "WebhookVerificationError: No matching signature found" },
        new("moregoodreviews", "standardwebhooks") { EventType = "review-created", Refusal = "WebhookVerificationError: No matching signature found" },
        new("cloudevents", "cloudevents") { Refusal = "WebhookVerificationError: No matching signature found" },
        new("cloudevents-binary", "cloudevents-binary") { Refusal = "WebhookVerificationError: No matching signature found" },
        new("github", "octokit") { Secret = "It's a Secret to Everybody", OtherSecret = "It's a Secret to Nobody", Refusal = "Error: the signature does not match" },
        new("stripe", "stripe") { Secret = "whsec_1f0rStripe", OtherSecret = "whsec_2f0rStripe", Refusal = "No signatures found matching the expected signature for payload" },
        new("reviewsense", "reviewsense") { Secret = "test_secret", OtherSecret = "test_secret2", EventType = "review.analysed", Refusal = "Error: the signature does not match" },
    ];

    /// <summary>The rows of a theory; texts, so that each gets a name of its own.</summary>
    public static TheoryData<string, string> Rows { get; } = [.. All.Select(c => (c.Profile, c.Library))];

    public static Counterpart Find(string profile, string library) => All.Single(c => c.Profile == profile && c.Library == library);

    internal sealed record Counterpart(string Profile, string Library)
    {
        public string Secret { get; init; } = StandardSecret;
        public string OtherSecret { get; init; } = OtherStandardSecret;
        public string EventType { get; init; } = "note.added";

        /// <summary>How the library says that it does not know the signature.</summary>
        public required string Refusal { get; init; }
    }
}
