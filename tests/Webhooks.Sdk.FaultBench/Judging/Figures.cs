namespace Webhooks.Sdk.FaultBench.Judging;

/// <summary>The figures of one stage or of all, counted in deliveries: published = delivered + given up + failed + pending + lost.</summary>
internal sealed class Figures
{
    public int Kills { get; set; }

    public int Published { get; set; }

    public int Delivered { get; set; }

    /// <summary>Answered with success once more after the first time.</summary>
    public int Duplicated { get; set; }

    /// <summary>Those of the duplicates that no fault explains: the sender had stopped waiting for the answer, because the machine was too slow.</summary>
    public int Late { get; set; }

    /// <summary>The receiver refused every attempt, as its plan was; in the list of failed deliveries, as it should.</summary>
    public int GivenUp { get; set; }

    /// <summary>In the list of failed deliveries although the receiver would have taken it.</summary>
    public int Failed { get; set; }

    public int Pending { get; set; }

    public int Lost { get; set; }

    /// <summary>Arrived although nobody published it, or although its transaction never committed.</summary>
    public int Unpublished { get; set; }

    /// <summary>Arrived although the node died before it could say that it was published. Allowed: its caller never knew.</summary>
    public int Unacknowledged { get; set; }

    public void Add(Figures other)
    {
        Kills += other.Kills;
        Published += other.Published;
        Delivered += other.Delivered;
        Duplicated += other.Duplicated;
        Late += other.Late;
        GivenUp += other.GivenUp;
        Failed += other.Failed;
        Pending += other.Pending;
        Lost += other.Lost;
        Unpublished += other.Unpublished;
        Unacknowledged += other.Unacknowledged;
    }

    public override string ToString() =>
        $"published {Published} delivered {Delivered} duplicated {Duplicated} given-up {GivenUp} failed {Failed} lost {Lost} unpublished {Unpublished} | " +
        $"pending {Pending} unacknowledged {Unacknowledged} late {Late} kills {Kills}";
}
