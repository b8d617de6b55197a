using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Webhooks.Sdk.AspNetCore.Tests.Support;

/// <summary>Signs in whoever the header <c>X-User</c> names: <c>owner of project-1</c>, <c>reader of project-1</c>, <c>owner</c>.</summary>
internal sealed class TestUsers(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Header = "X-User";

    public static void Add(IServiceCollection services)
    {
        services.AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, TestUsers>("test", null);
        services.AddAuthorizationBuilder().AddPolicy("Owner", p => p.RequireRole("owner"));
    }

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers[Header].ToString().Split(" of ") is not [{ Length: > 0 } role, .. var projects])
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        ClaimsIdentity identity = new([new(ClaimTypes.Role, role), .. projects.Select(p => new Claim("project", p))], "test");
        return Task.FromResult(AuthenticateResult.Success(new(new ClaimsPrincipal(identity), "test")));
    }
}
