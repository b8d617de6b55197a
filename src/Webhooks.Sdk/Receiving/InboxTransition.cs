namespace Webhooks.Sdk.Receiving;

/// <summary>What becomes of a message in hand: a closed set, each written by one guarded statement of the store.</summary>
public abstract record InboxTransition
{
    private InboxTransition()
    {
    }

    /// <summary>It was handled. Its id is remembered, its content is not.</summary>
    public sealed record Handled : InboxTransition
    {
        /// <summary>The one instance.</summary>
        public static readonly Handled Instance = new();

        private Handled()
        {
        }
    }

    /// <summary>Given back as if it had never been begun: a message that was only begun is forgotten, a stored one is due again at once and this attempt is not charged.</summary>
    public sealed record Released : InboxTransition
    {
        /// <summary>The one instance.</summary>
        public static readonly Released Instance = new();

        private Released()
        {
        }
    }

    /// <summary>A stored message failed and is due again after the delay.</summary>
    public sealed record Retry(TimeSpan Delay) : InboxTransition;

    /// <summary>A stored message failed for good. It stays where it can be seen and retried.</summary>
    public sealed record GivenUp(string Reason) : InboxTransition;
}
