namespace Webhooks.Sdk.Deliveries;

/// <summary>How many attempts took how long: counts that can be added up, which percentiles cannot.</summary>
public sealed class DurationHistogram
{
    private readonly long[] _counts;

    /// <summary>Makes one from a count for each of <see cref="Bounds"/> and one for what took longer.</summary>
    public DurationHistogram(params ReadOnlySpan<long> counts)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(counts.Length, Places);
        _counts = counts.ToArray();
    }

    /// <summary>Nothing.</summary>
    public static DurationHistogram Empty { get; } = new(new long[Places]);

    /// <summary>The upper bounds, each included; what took longer than the last one is counted behind it.</summary>
    public static IReadOnlyList<TimeSpan> Bounds { get; } =
    [
        TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(25), TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(100),
        TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(5),
    ];

    /// <summary>The counts: one for each bound and one for what took longer.</summary>
    public IReadOnlyList<long> Counts => _counts;

    private static int Places => 10;

    /// <summary>In which place an attempt of this duration is counted.</summary>
    public static int PlaceOf(TimeSpan duration)
    {
        var place = 0;
        while (place < Bounds.Count && duration > Bounds[place])
        {
            place++;
        }

        return place;
    }

    /// <summary>Both together.</summary>
    public DurationHistogram Plus(DurationHistogram other)
    {
        Span<long> sum = stackalloc long[Places];
        for (var i = 0; i < Places; i++)
        {
            sum[i] = _counts[i] + other._counts[i];
        }

        return new(sum);
    }

    /// <summary>
    /// The duration that this share of the attempts stayed within, estimated inside its place as if the attempts were spread evenly there; null
    /// when there were none. What took longer than the last bound is given as that bound.
    /// </summary>
    /// <param name="share">From 0 to 1: 0.5 for the median.</param>
    public TimeSpan? Quantile(double share)
    {
        var rank = share * _counts.Sum();
        if (rank <= 0)
        {
            return null;
        }

        var below = 0L;
        for (var i = 0; i < Bounds.Count; i++)
        {
            if (below + _counts[i] >= rank)
            {
                var from = i == 0 ? TimeSpan.Zero : Bounds[i - 1];
                return from + ((Bounds[i] - from) * ((rank - below) / _counts[i]));
            }

            below += _counts[i];
        }

        return Bounds[^1];
    }
}
