using System.Buffers;
using Webhooks.Sdk.Sqlite.Summaries;

namespace Webhooks.Sdk.Sqlite;

/// <summary>The tables, as SQL that a host may run with its own migrations. The script may be run again: it changes what is missing and nothing else.</summary>
public static class SqliteSchema
{
    /// <summary>The beginning of the names of all tables where the host names none.</summary>
    public const string DefaultTablePrefix = "webhook_";

    /// <summary>The version that this package reads and writes.</summary>
    public const int Version = 3;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    /// <summary>Everything that an empty file needs, or one that an earlier version of this package has written.</summary>
    public static string Script(string tablePrefix = DefaultTablePrefix) => IsTablePrefix(tablePrefix)
        ? First(tablePrefix) + Environment.NewLine + Second(tablePrefix) + Environment.NewLine + SqliteAttemptSummarySchema.Third(tablePrefix)
        : throw new WebhookException($"'{tablePrefix}' is no table prefix: 1 to 40 ASCII letters, digits and '_', not beginning with a digit or 'sqlite_'.");

    internal static bool IsTablePrefix(string? prefix) => prefix is { Length: > 0 and <= 40 }
        && !prefix.AsSpan().ContainsAnyExcept(NameCharacters) && !char.IsAsciiDigit(prefix[0])
        && !prefix.StartsWith("sqlite_", StringComparison.OrdinalIgnoreCase);

    // Version 1. Times are microseconds since 1970 in UTC. A later version adds a step behind this one; this one never changes again.
    private static string First(string p) => $"""
        -- The version of these tables (PRAGMA user_version is the host's), and a number that counts the changes of subscriptions.
        CREATE TABLE IF NOT EXISTS {p}meta (
            name   TEXT    NOT NULL PRIMARY KEY,
            value  INTEGER NOT NULL
        ) WITHOUT ROWID;

        -- What was published. The payload stands last: whoever reads only the rest does not touch its pages.
        CREATE TABLE IF NOT EXISTS {p}events (
            seq           INTEGER PRIMARY KEY,              -- the order of publication
            id            TEXT    NOT NULL,
            type          TEXT    NOT NULL,
            tenant_id     TEXT    NOT NULL,
            tenant_name   TEXT,
            created_at    INTEGER NOT NULL,
            stored_at     INTEGER NOT NULL,
            target_count  INTEGER NOT NULL,
            trace_parent  TEXT,
            data          BLOB    NOT NULL
        );
        CREATE UNIQUE INDEX IF NOT EXISTS {p}events_id ON {p}events (id);
        CREATE INDEX IF NOT EXISTS {p}events_tenant ON {p}events (tenant_id, stored_at);
        CREATE INDEX IF NOT EXISTS {p}events_time ON {p}events (created_at);      -- a delivery's id begins with this time

        -- What is waiting, due or leased: a thin table, whose rows leave it when they are delivered or given up.
        CREATE TABLE IF NOT EXISTS {p}deliveries (
            seq                INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used again: half of the proof of a lease
            event_seq          INTEGER NOT NULL,
            subscription_id    TEXT    NOT NULL,
            due_at             INTEGER NOT NULL,                   -- while leased: when the lease ends; behind a FIFO head: the largest integer
            lease              INTEGER,                            -- the other half of the proof
            attempts           INTEGER NOT NULL DEFAULT 0,
            is_fifo            INTEGER NOT NULL,
            subscription_name  TEXT
        );
        CREATE UNIQUE INDEX IF NOT EXISTS {p}deliveries_event ON {p}deliveries (event_seq, subscription_id);
        CREATE INDEX IF NOT EXISTS {p}deliveries_due ON {p}deliveries (due_at);
        CREATE INDEX IF NOT EXISTS {p}deliveries_subscription ON {p}deliveries (subscription_id, due_at);
        CREATE INDEX IF NOT EXISTS {p}deliveries_fifo ON {p}deliveries (subscription_id) WHERE is_fifo = 1;

        -- What was given up, until it is resent or purged. Keeps its event.
        CREATE TABLE IF NOT EXISTS {p}failed (
            seq                INTEGER PRIMARY KEY,                -- the number that it had as a delivery
            event_seq          INTEGER NOT NULL,
            tenant_id          TEXT    NOT NULL,
            subscription_id    TEXT    NOT NULL,
            attempts           INTEGER NOT NULL,
            is_fifo            INTEGER NOT NULL,
            subscription_name  TEXT,
            reason             TEXT    NOT NULL,
            completed_at       INTEGER NOT NULL
        );
        CREATE UNIQUE INDEX IF NOT EXISTS {p}failed_event ON {p}failed (event_seq, subscription_id);
        CREATE INDEX IF NOT EXISTS {p}failed_subscription ON {p}failed (subscription_id);
        CREATE INDEX IF NOT EXISTS {p}failed_tenant ON {p}failed (tenant_id);
        CREATE INDEX IF NOT EXISTS {p}failed_time ON {p}failed (completed_at);

        -- The attempts log: append-only, except that sending a delivered one again takes its delivered_seq away.
        CREATE TABLE IF NOT EXISTS {p}attempts (
            seq                INTEGER PRIMARY KEY,
            delivered_seq      INTEGER,                            -- the delivery's number, on the attempt that delivered it
            test_id            BLOB,                               -- the delivery id of a test; others are computed
            event_id           TEXT    NOT NULL,
            event_type         TEXT    NOT NULL,
            event_time         INTEGER NOT NULL,
            tenant_id          TEXT    NOT NULL,
            subscription_id    TEXT    NOT NULL,
            subscription_name  TEXT,
            is_fifo            INTEGER NOT NULL DEFAULT 0,
            number             INTEGER NOT NULL,
            outcome            TEXT,                               -- null: its lease was lost and it led to nothing
            retry_delay        INTEGER,
            started_at         INTEGER NOT NULL,
            duration           INTEGER NOT NULL,
            status_code        INTEGER NOT NULL,
            error              TEXT,
            error_message      TEXT,
            retry_after        TEXT,
            response_headers   TEXT,
            response_body      BLOB
        );
        CREATE INDEX IF NOT EXISTS {p}attempts_event ON {p}attempts (event_id);
        CREATE INDEX IF NOT EXISTS {p}attempts_subscription ON {p}attempts (subscription_id);
        CREATE INDEX IF NOT EXISTS {p}attempts_tenant ON {p}attempts (tenant_id);
        CREATE INDEX IF NOT EXISTS {p}attempts_test ON {p}attempts (test_id) WHERE test_id IS NOT NULL;
        CREATE INDEX IF NOT EXISTS {p}delivered ON {p}attempts (delivered_seq) WHERE delivered_seq IS NOT NULL;
        CREATE INDEX IF NOT EXISTS {p}delivered_subscription ON {p}attempts (subscription_id, delivered_seq) WHERE delivered_seq IS NOT NULL;
        CREATE INDEX IF NOT EXISTS {p}delivered_tenant ON {p}attempts (tenant_id, delivered_seq) WHERE delivered_seq IS NOT NULL;

        -- Who wants what, and how its endpoint has been doing since its last success.
        CREATE TABLE IF NOT EXISTS {p}subscriptions (
            seq                   INTEGER PRIMARY KEY AUTOINCREMENT,
            id                    TEXT    NOT NULL,
            tenant_id             TEXT    NOT NULL,
            name                  TEXT,
            description           TEXT,
            url                   TEXT    NOT NULL,
            event_types           TEXT    NOT NULL,                -- JSON: ["review.*"]
            profile               TEXT    NOT NULL,
            secrets               TEXT    NOT NULL,                -- JSON: [["as stored", created_at, expires_at or null]], newest first
            headers               TEXT    NOT NULL,                -- JSON: [["name", "value"]]
            max_per_second        REAL,
            ordering              TEXT    NOT NULL,
            state                 TEXT    NOT NULL,
            state_reason          TEXT,
            state_changed_at      INTEGER NOT NULL,
            version               INTEGER NOT NULL,
            created_at            INTEGER NOT NULL,
            updated_at            INTEGER NOT NULL,
            failing_since         INTEGER,
            failed_attempts       INTEGER NOT NULL DEFAULT 0,
            exhausted_deliveries  INTEGER NOT NULL DEFAULT 0
        );
        CREATE UNIQUE INDEX IF NOT EXISTS {p}subscriptions_id ON {p}subscriptions (id);
        CREATE INDEX IF NOT EXISTS {p}subscriptions_tenant ON {p}subscriptions (tenant_id);

        INSERT INTO {p}meta (name, value) VALUES ('subscriptions', 0) ON CONFLICT (name) DO NOTHING;
        INSERT INTO {p}meta (name, value) VALUES ('schema', 1) ON CONFLICT (name) DO NOTHING;
        """;

    // Version 2: what has been received.
    private static string Second(string p) => $"""

        -- Which messages have arrived. A handled one keeps its id and nothing else; one that was only begun, to be handled while its sender waits, has no body.
        CREATE TABLE IF NOT EXISTS {p}inbox (
            seq         INTEGER PRIMARY KEY,
            receiver    TEXT    NOT NULL,
            sender      TEXT    NOT NULL,
            message_id  TEXT    NOT NULL,
            state       TEXT    NOT NULL,                          -- Waiting, Handled, GivenUp
            due_at      INTEGER NOT NULL,                          -- while leased: when the lease ends
            lease       BLOB,
            attempts    INTEGER NOT NULL,
            changed_at  INTEGER NOT NULL,                          -- when it came, then when it was handled or given up
            reason      TEXT,
            type        TEXT,
            headers     TEXT,
            body        BLOB
        );
        CREATE UNIQUE INDEX IF NOT EXISTS {p}inbox_key ON {p}inbox (receiver, sender, message_id);
        CREATE INDEX IF NOT EXISTS {p}inbox_due ON {p}inbox (due_at) WHERE state = 'Waiting' AND body IS NOT NULL;
        CREATE INDEX IF NOT EXISTS {p}inbox_changed ON {p}inbox (changed_at);
        CREATE INDEX IF NOT EXISTS {p}inbox_given_up ON {p}inbox (receiver, changed_at) WHERE state = 'GivenUp';

        UPDATE {p}meta SET value = 2 WHERE name = 'schema' AND value < 2;
        """;
}
