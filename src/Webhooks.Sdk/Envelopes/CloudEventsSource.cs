namespace Webhooks.Sdk.Envelopes;

/// <summary>The <c>source</c> attribute goes into a header, so it is checked once, when the envelope is made.</summary>
internal static class CloudEventsSource
{
    public static string Checked(string source) =>
        source.Length > 0 && !source.AsSpan().ContainsAnyExceptInRange('!', '~') && Uri.IsWellFormedUriString(source, UriKind.RelativeOrAbsolute)
            ? source
            : throw new ArgumentException($"'{source}' is not a URI reference of printable ASCII, for example https://example.com/reviews.", nameof(source));
}
