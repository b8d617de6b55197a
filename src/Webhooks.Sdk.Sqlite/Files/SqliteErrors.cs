using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Webhooks.Sdk.Sqlite.Files;

/// <summary>Says what an error of the database means here, and what mends it.</summary>
internal static class SqliteErrors
{
    public static WebhookException Explain(SqliteException e, string file, SqliteStoreOptions options) => new(e.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => $"There is no room for '{file}' (its disk, a quota, or PRAGMA max_page_count): nothing of this call was stored. "
            + "Make room, or keep less (RetentionOptions.Age).",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => $"'{file}' was locked by somebody else's write for longer than SqliteStoreOptions.BusyTimeout ({options.BusyTimeout}): "
            + "nothing of this call was stored. If it is a transaction of this host, pass it to PublishAsync, or end it sooner.",
        raw.SQLITE_IOERR => $"'{file}' could not be read or written ({e.Message}): nothing of this call was stored. Look at the disk and its quota; it must be a local one.",
        raw.SQLITE_CANTOPEN => $"'{file}' could not be opened. Its directory must exist, and the process must be allowed to write the file and beside it.",
        raw.SQLITE_READONLY => $"'{file}' may not be written to. The process must be allowed to write the file and beside it.",
        raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT => $"'{file}' is no SQLite database or is damaged ({e.Message}). Put a backup in its place.",
        raw.SQLITE_ERROR when e.Message.Contains("no such table", StringComparison.Ordinal) => $"'{file}' has no webhook tables ({e.Message}). "
            + $"Run SqliteSchema.Script(\"{options.TablePrefix}\") on it, or set SqliteStoreOptions.ManageSchema.",
        _ => $"'{file}': {e.Message} (SQLite error {e.SqliteExtendedErrorCode}).",
    }, e);
}
