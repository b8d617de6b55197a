using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Webhooks.Sdk.AspNetCore.Management.Json;
using Webhooks.Sdk.Profiles;

namespace Webhooks.Sdk.AspNetCore.Management.Profiles;

/// <summary>The wire formats that a subscription may name.</summary>
internal static class ProfileEndpoints
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/profiles", List).Describe("Events", "listProfiles", "Lists the wire formats that a subscription may choose.").Produces<ProfileListView>();

    internal static IResult List(WebhookProfileCatalogue profiles) => TypedResults.Json(
        new ProfileListView { Items = [.. profiles.Profiles.Select(p => ProfileView.Of(p, p.Name == profiles.Default.Name))] }, ApiJson.Default.ProfileListView);
}
