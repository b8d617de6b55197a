namespace Webhooks.Sdk.EntityFrameworkCore.Relaying;

/// <summary>When a refused row is tried again: after a minute, then twice as long each time, every hour at last.</summary>
internal static class SetAsideDelay
{
    private static readonly TimeSpan First = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public static TimeSpan After(int earlierAttempts) => earlierAttempts < 6 ? First * (1 << earlierAttempts) : Longest;
}
