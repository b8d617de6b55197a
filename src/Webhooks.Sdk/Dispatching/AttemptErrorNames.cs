using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Dispatching;

/// <summary>The names of errors as tags; made once, because an enum's <c>ToString</c> is on the hot path otherwise.</summary>
internal static class AttemptErrorNames
{
    private static readonly string[] Names = [.. Enum.GetNames<AttemptError>()];

    public static string Name(this AttemptError error) => Names[(int)error];
}
