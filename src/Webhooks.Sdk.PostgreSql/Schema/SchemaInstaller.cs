using System.Globalization;
using Npgsql;

namespace Webhooks.Sdk.PostgreSql.Schema;

/// <summary>Brings the tables up to date, or says that they are not.</summary>
internal static class SchemaInstaller
{
    public static async Task InstallAsync(NpgsqlConnection connection, string schema, PostgreSqlOptions options, CancellationToken cancellationToken)
    {
        var found = await ReadVersionAsync(connection, schema, cancellationToken);
        if (found >= PostgreSqlSchema.Version)
        {
            return;
        }

        if (!options.CreateSchema)
        {
            throw new WebhookException(
                $"The schema {schema} is at version {found} and this package needs {PostgreSqlSchema.Version}: run the script that "
                + "PostgreSqlSchema.Script(options) returns, or set PostgreSqlOptions.CreateSchema.");
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(SchemaScript.For(schema), connection, transaction);
        await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<int> ReadVersionAsync(NpgsqlConnection connection, string schema, CancellationToken cancellationToken)
    {
        await using var exists = new NpgsqlCommand($"SELECT to_regclass('{schema}.schema_versions') IS NOT NULL", connection);
        if (await exists.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return 0;
        }

        await using var version = new NpgsqlCommand($"SELECT coalesce(max(version), 0) FROM {schema}.schema_versions", connection);
        return Convert.ToInt32(await version.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }
}
