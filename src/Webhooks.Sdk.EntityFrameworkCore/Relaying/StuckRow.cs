using Webhooks.Sdk.EntityFrameworkCore.Outbox;

namespace Webhooks.Sdk.EntityFrameworkCore.Relaying;

/// <summary>
/// Counts how often the same row stopped the relay. At first the store is to blame, and the order shall survive its outage; now and then the
/// row is doubted, and those behind it are tried: if they go through, it was the row.
/// </summary>
internal sealed class StuckRow
{
    private const int FailuresBeforeDoubt = 5;

    private Guid _row;
    private int _failures;

    public bool IsDoubted(WebhookOutboxMessage head) => head.Id == _row && _failures > 0 && _failures % FailuresBeforeDoubt == 0;

    public void Failed(WebhookOutboxMessage row)
    {
        _failures = row.Id == _row ? _failures + 1 : 1;
        _row = row.Id;
    }

    public void Clear() => _failures = 0;
}
