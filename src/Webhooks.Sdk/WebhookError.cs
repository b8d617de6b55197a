namespace Webhooks.Sdk;

/// <summary>One broken rule.</summary>
/// <param name="Member">What was refused: <c>url</c>, <c>event_types</c>, <c>headers.X-Foo</c>, <c>data</c>…</param>
/// <param name="Rule">The rule's stable name, for programs: <c>url.scheme</c>, <c>payload.too_large</c>…</param>
/// <param name="Message">A sentence for people. Never holds a secret.</param>
public sealed record WebhookError(string Member, string Rule, string Message)
{
    /// <summary><c>url: only https is allowed … (url.scheme)</c></summary>
    public override string ToString() => $"{Member}: {Message} ({Rule})";
}
