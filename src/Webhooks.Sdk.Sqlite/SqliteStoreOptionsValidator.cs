using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Webhooks.Sdk.Sqlite;

internal sealed class SqliteStoreOptionsValidator : IValidateOptions<SqliteStoreOptions>
{
    public ValidateOptionsResult Validate(string? name, SqliteStoreOptions options)
    {
        var errors = new List<string>();
        CheckConnectionString(options.ConnectionString, errors);
        if (!SqliteSchema.IsTablePrefix(options.TablePrefix))
        {
            errors.Add($"SqliteStoreOptions.TablePrefix '{options.TablePrefix}' must be 1 to 40 ASCII letters, digits and '_', and not begin with a digit or 'sqlite_'.");
        }

        if (options.BusyTimeout < TimeSpan.Zero || options.BusyTimeout > TimeSpan.FromMinutes(10))
        {
            errors.Add("SqliteStoreOptions.BusyTimeout must be between zero and ten minutes.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static void CheckConnectionString(string connectionString, List<string> errors)
    {
        try
        {
            var parts = new SqliteConnectionStringBuilder(connectionString);
            if (parts.DataSource.Length == 0)
            {
                errors.Add("SqliteStoreOptions.ConnectionString names no file: for example 'Data Source=webhooks.db'.");
            }
            else if (parts.Mode == SqliteOpenMode.Memory || parts.DataSource.Contains(":memory:", StringComparison.Ordinal) || parts.DataSource.Contains("mode=memory", StringComparison.Ordinal))
            {
                errors.Add("SqliteStoreOptions.ConnectionString: a database in memory would be lost with the process. Leave UseSqlite away: the default stores are in memory.");
            }
            else if (parts.Mode == SqliteOpenMode.ReadOnly)
            {
                errors.Add("SqliteStoreOptions.ConnectionString: Mode=ReadOnly cannot be written to; remove it.");
            }
        }
        catch (ArgumentException e)
        {
            // The builder's message names the keyword, never a value.
            errors.Add($"SqliteStoreOptions.ConnectionString: {e.Message}");
        }
    }
}
