using Microsoft.Extensions.DependencyInjection;

namespace Webhooks.Sdk.Testing.DependencyInjection;

/// <summary>Puts something round a registered service. The container goes on owning what is inside.</summary>
internal static class ServiceDecoration
{
    /// <summary>Every registration of the service so far that the condition chooses.</summary>
    public static void Decorate<TService>(
        this IServiceCollection services, Func<IServiceProvider, TService, TService> wrap, Func<ServiceDescriptor, bool>? condition = null)
        where TService : class
    {
        foreach (var inner in services.Where(d => d.ServiceType == typeof(TService) && !d.IsKeyedService && condition?.Invoke(d) != false).ToList())
        {
            services.Decorate(inner, wrap);
        }
    }

    private static void Decorate<TService>(this IServiceCollection services, ServiceDescriptor inner, Func<IServiceProvider, TService, TService> wrap)
        where TService : class
    {
        var key = new object();
        services[services.IndexOf(inner)] = ServiceDescriptor.Singleton(s => wrap(s, s.GetRequiredKeyedService<TService>(key)));
        services.Add(inner switch
        {
            { ImplementationInstance: { } instance } => ServiceDescriptor.KeyedSingleton(typeof(TService), key, instance),
            { ImplementationFactory: { } factory } => ServiceDescriptor.KeyedSingleton(typeof(TService), key, (s, _) => factory(s)),
            _ => ServiceDescriptor.KeyedSingleton(typeof(TService), key, inner.ImplementationType!),
        });
    }
}
