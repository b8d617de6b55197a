using Microsoft.Extensions.DependencyInjection;

namespace Webhooks.Sdk.FaultBench.Nodes.Inside;

/// <summary>Puts something around a service that is registered already.</summary>
internal static class Decoration
{
    public static void Decorate<TService>(this IServiceCollection services, Func<TService, IServiceProvider, TService> around)
        where TService : class
    {
        var inner = services.Last(d => d.ServiceType == typeof(TService));
        services.Remove(inner);
        services.AddSingleton(s => around((TService)Make(inner, s), s));
    }

    private static object Make(ServiceDescriptor descriptor, IServiceProvider services) =>
        descriptor.ImplementationInstance
        ?? descriptor.ImplementationFactory?.Invoke(services)
        ?? ActivatorUtilities.CreateInstance(services, descriptor.ImplementationType!);
}
