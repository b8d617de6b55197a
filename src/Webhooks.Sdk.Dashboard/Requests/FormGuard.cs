using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Webhooks.Sdk.Dashboard.Rendering;

namespace Webhooks.Sdk.Dashboard.Requests;

/// <summary>
/// The framework's antiforgery, with a cookie of its own and in a container of its own: a host need not register it, and whatever it registered
/// for its own forms stays as it is. The keys are the host's where it has any, so that every node knows them.
/// </summary>
internal sealed class FormGuard : IDisposable
{
    private static readonly FormOptions Limits = new() { ValueCountLimit = 512, KeyLengthLimit = 256, ValueLengthLimit = SmallForms.MaxBytes };

    private readonly ServiceProvider _services;
    private readonly IAntiforgery _antiforgery;

    public FormGuard(IServiceProvider host)
    {
        var services = new ServiceCollection();
        services.AddSingleton(host.GetRequiredService<ILoggerFactory>());
        services.AddLogging();
        services.AddDataProtection();
        if (host.GetService<IDataProtectionProvider>() is { } keys)
        {
            services.Replace(ServiceDescriptor.Singleton(keys));
        }

        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "webhooks-form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.FormFieldName = "webhooks_form";
            options.HeaderName = null;
            options.SuppressXFrameOptionsHeader = true; // the policy's frame-ancestors says it
        });
        _services = services.BuildServiceProvider();
        _antiforgery = _services.GetRequiredService<IAntiforgery>();
        Keys = _services.GetRequiredService<IDataProtectionProvider>();
    }

    public IDataProtectionProvider Keys { get; }

    public FormToken TokenFor(HttpContext http)
    {
        var tokens = _antiforgery.GetAndStoreTokens(http);
        return new(tokens.FormFieldName, tokens.RequestToken!);
    }

    /// <summary>Reads the form; false when it did not come from one of our pages, or is no form.</summary>
    public async ValueTask<bool> AcceptsAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
        {
            return false;
        }

        try
        {
            await http.Request.ReadFormAsync(Limits, http.RequestAborted);
            await _antiforgery.ValidateRequestAsync(http);
            return true;
        }
        catch (Exception e) when (e is AntiforgeryValidationException or InvalidDataException)
        {
            return false;
        }
    }

    public void Dispose() => _services.Dispose();
}
