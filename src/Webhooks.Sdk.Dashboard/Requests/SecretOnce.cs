using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Webhooks.Sdk.Dashboard.Requests;

/// <summary>
/// Carries a new secret over the redirect to the page that shows it, encrypted in a cookie for that one page, which takes it away as it shows it:
/// a reload does not show it again, repeats nothing, and the server keeps nothing.
/// </summary>
internal sealed class SecretOnce(IDataProtectionProvider keys)
{
    private const string Cookie = "webhooks-secret";

    // Long enough for a slow redirect.
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(2);

    public void Put(HttpContext http, string tenantId, string subscriptionId, string page, string secret) =>
        http.Response.Cookies.Append(Cookie, ProtectorFor(tenantId, subscriptionId).Protect(secret, Life), Options(http, page, Life));

    public string? Take(HttpContext http, string tenantId, string subscriptionId, string page)
    {
        if (http.Request.Cookies[Cookie] is not { Length: > 0 } value)
        {
            return null;
        }

        http.Response.Cookies.Delete(Cookie, Options(http, page, null));
        try
        {
            return ProtectorFor(tenantId, subscriptionId).Unprotect(value);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private ITimeLimitedDataProtector ProtectorFor(string tenantId, string subscriptionId) =>
        keys.CreateProtector("Webhooks.Sdk.Dashboard.SecretOnce", tenantId, subscriptionId).ToTimeLimitedDataProtector();

    private static CookieOptions Options(HttpContext http, string page, TimeSpan? life) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = life,
        Path = page,
        SameSite = SameSiteMode.Strict,
        Secure = http.Request.IsHttps,
    };
}
