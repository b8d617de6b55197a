namespace Webhooks.Sdk.Deliveries;

/// <summary>The answer to a wish to send something again.</summary>
public enum ResendOutcome
{
    /// <summary>It is pending again, with a fresh schedule.</summary>
    Resent,

    /// <summary>It is pending already.</summary>
    AlreadyPending,

    /// <summary>There is no such delivery, or its event is no longer kept.</summary>
    NotFound,
}
