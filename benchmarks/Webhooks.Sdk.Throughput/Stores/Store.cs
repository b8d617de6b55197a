using Webhooks.Sdk.DependencyInjection;
using Webhooks.Sdk.Throughput.Databases;

namespace Webhooks.Sdk.Throughput.Stores;

/// <summary>Where the engine keeps its deliveries: one of its own for each variant, so that none works on what another has left.</summary>
internal abstract class Store : IAsyncDisposable
{
    public abstract string Name { get; }

    /// <summary>Makes the empty store; before the first node starts.</summary>
    public virtual Task CreateAsync() => Task.CompletedTask;

    public virtual void Use(WebhooksBuilder webhooks)
    {
    }

    /// <summary>What the server behind it has used so far, when there is one.</summary>
    public virtual Task<ServerUse> ServerUseAsync() => Task.FromResult(default(ServerUse));

    /// <summary>How large its tables and indexes are, for people to read.</summary>
    public virtual Task<string> SizesAsync() => Task.FromResult("");

    public abstract ValueTask DisposeAsync();
}
