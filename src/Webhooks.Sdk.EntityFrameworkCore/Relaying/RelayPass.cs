namespace Webhooks.Sdk.EntityFrameworkCore.Relaying;

/// <summary>What a pass of the relay found.</summary>
internal enum RelayPass
{
    /// <summary>Nothing is left: wait for a commit.</summary>
    Drained,

    /// <summary>A full batch: there may be more.</summary>
    More,

    /// <summary>Another relay is moving the same rows: leave them to it for a moment.</summary>
    Contested,
}
