namespace Webhooks.Sdk.Tests.Deliveries;

/// <summary>What <see cref="StoreTransitionsTests"/> may do to a store. The meaning of the two numbers is the kind's.</summary>
public enum StoreStepKind
{
    Enqueue,
    Claim,
    Deliver,
    Retry,
    Release,
    GiveUp,
    Renew,
    Advance,
    FailPending,
    Resend,
    Recover,
}

/// <summary>One operation; plain numbers, so that a counterexample can be read and made smaller.</summary>
public readonly record struct StoreStep(StoreStepKind Kind, int A, int B)
{
    public override string ToString() => $"{Kind}({A}, {B})";
}
