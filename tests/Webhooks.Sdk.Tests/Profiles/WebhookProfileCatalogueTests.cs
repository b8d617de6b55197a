using Webhooks.Sdk.Profiles;

namespace Webhooks.Sdk.Tests.Profiles;

public sealed class WebhookProfileCatalogueTests
{
    [Fact]
    public void The_presets_are_known_and_listed_by_name()
    {
        var catalogue = new WebhookProfileCatalogue([], "ratecard");
        catalogue.Default.Should().BeSameAs(WebhookProfiles.Ratecard);
        catalogue.Profiles.Should().BeEquivalentTo(WebhookProfiles.All).And.BeInAscendingOrder(p => p.Name, StringComparer.Ordinal);
        catalogue.Find("Standard").Should().BeNull();
    }

    [Fact]
    public void A_hosts_own_profile_is_added_or_replaces_a_preset()
    {
        var ours = WebhookProfiles.Standard with { Name = "ours" };
        var stripe = WebhookProfiles.StripeWith("2030-01-01");
        var catalogue = new WebhookProfileCatalogue([ours, stripe], "ours");

        catalogue.Default.Should().BeSameAs(ours);
        catalogue.Get("stripe").Should().BeSameAs(stripe);
        catalogue.Profiles.Should().HaveCount(WebhookProfiles.All.Count + 1);
    }

    [Fact]
    public void An_unknown_name_lists_the_known_ones_and_the_call_that_adds_one()
    {
        FluentActions.Invoking(() => new WebhookProfileCatalogue([], "nope")).Should().Throw<WebhookException>()
            .WithMessage("*'nope'*cloudevents*standard*AddProfile*");
    }
}
