namespace ConsoleHost.Tour;

/// <summary>One part of the tour: does something, prints what it did, and says what it found.</summary>
internal interface ITourStop
{
    string Title { get; }

    Task<IReadOnlyList<Finding>> RunAsync(TourGround ground, CancellationToken cancellationToken);
}
