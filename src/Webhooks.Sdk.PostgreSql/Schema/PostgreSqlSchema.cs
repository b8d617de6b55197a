namespace Webhooks.Sdk.PostgreSql.Schema;

/// <summary>The tables as SQL, for hosts that run migrations themselves.</summary>
public static class PostgreSqlSchema
{
    /// <summary>The version that this package needs.</summary>
    public static int Version => SchemaScript.Versions.Count;

    /// <summary>
    /// The script that the store runs by itself unless <see cref="PostgreSqlOptions.CreateSchema"/> is false. It brings any version up to date,
    /// may be run again, and several may run it at once. Run it in one transaction.
    /// </summary>
    public static string Script(PostgreSqlOptions? options = null) => SchemaScript.For((options ?? new PostgreSqlOptions()).Validate());
}
