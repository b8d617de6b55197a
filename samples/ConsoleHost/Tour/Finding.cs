namespace ConsoleHost.Tour;

/// <summary>One line of the table at the end: what was promised, and what the receiver or the delivery log shows.</summary>
internal sealed record Finding(string What, string Expected, string Seen)
{
    public bool Holds => Expected == Seen;
}
