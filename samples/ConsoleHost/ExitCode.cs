namespace ConsoleHost;

/// <summary>What every command answers with.</summary>
internal static class ExitCode
{
    /// <summary>All of it worked.</summary>
    public const int Ok = 0;

    /// <summary>It was tried and did not work: not delivered, not genuine, a check of the tour that does not hold, Ctrl+C.</summary>
    public const int Failed = 1;

    /// <summary>The input was refused; nothing was tried.</summary>
    public const int BadInput = 2;
}
