namespace Webhooks.Sdk.Sqlite;

/// <summary>What a commit waits for.</summary>
public enum SqliteSynchronous
{
    /// <summary>Until the disk has it: what was published survives a power cut.</summary>
    Full,

    /// <summary>
    /// Until the operating system has it: what was published survives the death of the process, and the last moments before a power cut may be
    /// lost. Two to ten times as many commits a second.
    /// </summary>
    Normal,
}
