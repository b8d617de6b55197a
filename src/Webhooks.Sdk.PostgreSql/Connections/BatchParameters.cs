using Npgsql;
using NpgsqlTypes;

namespace Webhooks.Sdk.PostgreSql.Connections;

/// <summary>Positional parameters with their types said, so that a null or an empty array is no guess.</summary>
internal static class BatchParameters
{
    public static NpgsqlBatchCommand Add(this NpgsqlBatch batch, string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        batch.BatchCommands.Add(command);
        return command;
    }

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, string? value) => command.With(NpgsqlDbType.Text, value);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, int value) => command.With(NpgsqlDbType.Integer, value);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, short value) => command.With(NpgsqlDbType.Smallint, value);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, long value) => command.With(NpgsqlDbType.Bigint, value);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, long? value) => command.With(NpgsqlDbType.Bigint, value);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, short? value) => command.With(NpgsqlDbType.Smallint, value);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, ReadOnlyMemory<byte> value) => command.With(NpgsqlDbType.Bytea, value);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, double? value) => command.With(NpgsqlDbType.Double, value);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, bool value) => command.With(NpgsqlDbType.Boolean, value);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, Guid value) => command.With(NpgsqlDbType.Uuid, value);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, DateTimeOffset value) => command.With(NpgsqlDbType.TimestampTz, value.ToUniversalTime());

    public static NpgsqlBatchCommand WithJson(this NpgsqlBatchCommand command, string value) => command.With(NpgsqlDbType.Jsonb, value);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, string?[] values) => command.With(NpgsqlDbType.Array | NpgsqlDbType.Text, values);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, int[] values) => command.With(NpgsqlDbType.Array | NpgsqlDbType.Integer, values);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, short[] values) => command.With(NpgsqlDbType.Array | NpgsqlDbType.Smallint, values);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, long[] values) => command.With(NpgsqlDbType.Array | NpgsqlDbType.Bigint, values);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, bool[] values) => command.With(NpgsqlDbType.Array | NpgsqlDbType.Boolean, values);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, Guid[] values) => command.With(NpgsqlDbType.Array | NpgsqlDbType.Uuid, values);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, Guid?[] values) => command.With(NpgsqlDbType.Array | NpgsqlDbType.Uuid, values);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, DateTimeOffset[] values) => command.With(NpgsqlDbType.Array | NpgsqlDbType.TimestampTz, values);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, DateTimeOffset?[] values) => command.With(NpgsqlDbType.Array | NpgsqlDbType.TimestampTz, values);

    /// <summary>Times in UTC, half as large as with an offset.</summary>
    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, DateTime[] values) => command.With(NpgsqlDbType.Array | NpgsqlDbType.TimestampTz, values);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, ReadOnlyMemory<byte>[] values) => command.With(NpgsqlDbType.Array | NpgsqlDbType.Bytea, values);

    private static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, NpgsqlDbType type, object? value)
    {
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value ?? DBNull.Value });
        return command;
    }
}
