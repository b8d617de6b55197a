using Webhooks.Sdk.EntityFrameworkCore.Outbox;

namespace Webhooks.Sdk.EntityFrameworkCore.Relaying;

/// <summary>What became of rows that were given to the publisher.</summary>
/// <param name="Published">Done, or done before.</param>
/// <param name="Refused">Cannot be published as they are.</param>
/// <param name="Failed">Failed for another reason: the store did not answer, or did not take this row.</param>
internal sealed record RelayedRows(
    IReadOnlyList<WebhookOutboxMessage> Published,
    IReadOnlyList<RowFailure> Refused,
    IReadOnlyList<RowFailure> Failed);

/// <summary>A row that was not published, and why.</summary>
internal readonly record struct RowFailure(WebhookOutboxMessage Row, Exception Why);
