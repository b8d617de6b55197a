using System.Net.Sockets;
using Npgsql;

namespace Webhooks.Sdk.PostgreSql.Connections;

/// <summary>Whether a statement may succeed when it is repeated. It may also have succeeded already: only its answer was lost.</summary>
internal static class ConnectionFailure
{
    public static bool Is(Exception e) => e switch
    {
        PostgresException p => p.IsTransient || p.SqlState.StartsWith("57P", StringComparison.Ordinal), // terminated, shutting down, starting up
        NpgsqlException n => n.IsTransient || n.InnerException is IOException or SocketException or TimeoutException,
        IOException or SocketException => true,
        _ => false,
    };
}
