using Webhooks.Sdk.DependencyInjection;

namespace Webhooks.Sdk.EntityFrameworkCore.KilledHost;

/// <summary>A way to publish in one's own transaction.</summary>
internal abstract class Way
{
    public static Way Named(string name, string database) => name switch
    {
        "ef" => new EntityFrameworkWay(database),
        "npgsql" => DapperWay.OnPostgreSql(database),
        "sqlite" => DapperWay.OnSqlite(database),
        _ => throw new ArgumentException($"There is no way '{name}'.", nameof(name)),
    };

    /// <summary>Transactions at once.</summary>
    public abstract int Writers { get; }

    public abstract void AddTo(WebhooksBuilder webhooks);

    /// <summary>Makes the table when it is not there, and says which reviews are.</summary>
    public abstract Task<HashSet<int>> PrepareAsync(IServiceProvider services);

    /// <summary>Saves a review and publishes it, and ends as it should.</summary>
    public abstract Task SaveAsync(IServiceProvider services, int id, Ending ending);
}
