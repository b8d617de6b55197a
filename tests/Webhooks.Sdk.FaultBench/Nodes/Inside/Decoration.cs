using Microsoft.Extensions.DependencyInjection;

namespace Webhooks.Sdk.FaultBench.Nodes.Inside;

/// <summary>Puts something around a service that is registered already. What is inside stays the container's, which disposes it.</summary>
internal static class Decoration
{
    private const string Inner = "inner";

    public static void Decorate<TService>(this IServiceCollection services, Func<TService, TService> around)
        where TService : class
    {
        var registered = services.Last(d => d.ServiceType == typeof(TService));
        services.Remove(registered);
        services.Add(Keyed(registered));
        services.AddSingleton(s => around(s.GetRequiredKeyedService<TService>(Inner)));
    }

    private static ServiceDescriptor Keyed(ServiceDescriptor d) =>
        d.ImplementationType is { } type ? new ServiceDescriptor(d.ServiceType, Inner, type, d.Lifetime)
        : d.ImplementationFactory is { } factory ? new ServiceDescriptor(d.ServiceType, Inner, (s, _) => factory(s), d.Lifetime)
        : new ServiceDescriptor(d.ServiceType, Inner, d.ImplementationInstance!);
}
