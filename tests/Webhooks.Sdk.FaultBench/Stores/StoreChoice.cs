using System.Data.Common;
using Webhooks.Sdk.DependencyInjection;

namespace Webhooks.Sdk.FaultBench.Stores;

/// <summary>A store and how to reach it: the one place of the bench that knows the stores apart.</summary>
internal sealed record StoreChoice(StoreKind Kind, string Connection)
{
    public void Use(WebhooksBuilder webhooks)
    {
        if (Kind != StoreKind.Memory)
        {
            throw new NotSupportedException($"The store '{Kind}' is not there yet.");
        }
    }

    /// <summary>A connection of the host's own, to publish in a transaction of its own; null where there is no such thing.</summary>
    public DbConnection? Connect() => null;
}
