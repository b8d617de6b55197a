using System.Globalization;
using System.Text;

namespace Webhooks.Sdk.PostgreSql.Schema;

/// <summary>All versions in one script. Each runs only where it has not run before; a lock lets nodes that start together take turns.</summary>
internal static class SchemaScript
{
    public static IReadOnlyList<Func<string, string>> Versions { get; } = [Version1.Sql, Version2.Sql, Version3.Sql, Version4.Sql];

    public static string For(string schema)
    {
        var script = new StringBuilder($"""
            SELECT pg_advisory_xact_lock({AdvisoryKeys.Schema(schema).ToString(CultureInfo.InvariantCulture)});
            CREATE SCHEMA IF NOT EXISTS {schema};
            CREATE TABLE IF NOT EXISTS {schema}.schema_versions (
                version    integer     PRIMARY KEY,
                applied_at timestamptz NOT NULL DEFAULT now()
            );

            """);
        for (var i = 0; i < Versions.Count; i++)
        {
            var version = (i + 1).ToString(CultureInfo.InvariantCulture);
            script.Append(CultureInfo.InvariantCulture, $"""

                DO $version$ BEGIN
                IF NOT EXISTS (SELECT FROM {schema}.schema_versions WHERE version = {version}) THEN

                {Versions[i](schema)}

                INSERT INTO {schema}.schema_versions (version) VALUES ({version});
                END IF;
                END $version$;

                """);
        }

        return script.ToString();
    }
}
