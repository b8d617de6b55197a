namespace Webhooks.Sdk.Dispatching;

/// <summary>
/// Whether the store has to hear of a success. It does after a failure, and once a minute besides: another node may have seen failures in
/// between that this success ends.
/// </summary>
internal sealed class HealthReport
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private DateTimeOffset _nextSuccess = DateTimeOffset.MinValue;

    public void Failed() => _nextSuccess = DateTimeOffset.MinValue;

    public bool IsSuccessNews(DateTimeOffset now)
    {
        if (now < _nextSuccess)
        {
            return false;
        }

        _nextSuccess = now + Interval;
        return true;
    }
}
