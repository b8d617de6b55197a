using Microsoft.AspNetCore.Authorization;

namespace ReviewPlatform.Accounts;

/// <summary>Who may do what. The tenant comes from the address, so "owner" means: of the project in the address.</summary>
internal static class Policies
{
    public const string Owner = "Owner";
    public const string Operator = "Operator";

    public static void Add(AuthorizationOptions options)
    {
        options.AddPolicy(Owner, policy => policy.RequireAuthenticatedUser().RequireAssertion(context =>
            context.Resource is HttpContext http
            && http.GetRouteValue("project") is string project
            && context.User.HasClaim(Account.ProjectClaim, project)));
        options.AddPolicy(Operator, policy => policy.RequireRole("operator"));
    }
}
