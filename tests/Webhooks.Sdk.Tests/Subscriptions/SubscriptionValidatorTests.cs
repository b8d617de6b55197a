using Microsoft.Extensions.Options;
using Webhooks.Sdk.Endpoints;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Tests.Subscriptions;

public sealed class SubscriptionValidatorTests
{
    private static readonly WebhookSubscription Good = new()
    {
        Id = "0196f000-0000-7000-8000-000000000001",
        TenantId = "project-42",
        Name = "Main <hook>",
        Description = "Two\nlines\tand a tab.",
        Url = "https://example.com/hooks",
        EventTypes = ["review.created", "message.*", "*"],
        Headers = new Dictionary<string, string> { ["X-Api-Key"] = "k" },
        MaxPerSecond = 0.5,
        Profile = "standard",
    };

    public static TheoryData<string, WebhookSubscription, string> OneBrokenRule => new()
    {
        { "id", Good with { Id = "" }, "id.empty" },
        { "id", Good with { Id = "a\0" }, "id.control_character" },
        { "tenant_id", Good with { TenantId = new string('t', 257) }, "id.too_long" },
        { "tenant_id", Good with { TenantId = "t\n" }, "id.control_character" },
        { "url", Good with { Url = "http://example.com/" }, "url.scheme" },
        { "url", Good with { Url = "https://127.0.0.1/" }, "url.private_address" },
        { "name", Good with { Name = new string('n', 257) }, "text.too_long" },
        { "name", Good with { Name = "a\0" }, "text.control_character" },
        { "name", Good with { Name = "a" + (char)0xD800 }, "text.lone_surrogate" },
        { "description", Good with { Description = new string('d', 2049) }, "text.too_long" },
        { "description", Good with { Description = "\u001b[31m" }, "text.control_character" },
        { "event_types", Good with { EventTypes = ["a..b"] }, "event_type.empty_segment" },
        { "event_types", Good with { EventTypes = ["re*"] }, "event_type.filter" },
        { "event_types", Good with { EventTypes = [.. Enumerable.Range(0, 201).Select(i => $"e{i}")] }, "event_type.too_many" },
        { "headers.Host", Good with { Headers = new Dictionary<string, string> { ["Host"] = "x" } }, "header.reserved" },
        { "headers.webhook-id", Good with { Headers = new Dictionary<string, string> { ["webhook-id"] = "x" } }, "header.reserved" },
        { "headers.X-A", Good with { Headers = new Dictionary<string, string> { ["X-A"] = "a\r\nb" } }, "header.value" },
        { "headers", Good with { Headers = Enumerable.Range(0, 21).ToDictionary(i => $"X-{i}", _ => "v") }, "header.too_many" },
        { "max_per_second", Good with { MaxPerSecond = 0 }, "rate.range" },
        { "max_per_second", Good with { MaxPerSecond = -1 }, "rate.range" },
        { "max_per_second", Good with { MaxPerSecond = double.NaN }, "rate.range" },
        { "max_per_second", Good with { MaxPerSecond = double.PositiveInfinity }, "rate.range" },
    };

    [Theory]
    [MemberData(nameof(OneBrokenRule))]
    public void Each_broken_rule_is_named_with_its_member(string member, WebhookSubscription subscription, string rule)
    {
        var error = Errors(subscription).Should().ContainSingle().Which;
        error.Member.Should().Be(member);
        error.Rule.Should().Be(rule);
    }

    [Fact]
    public void A_good_subscription_passes()
    {
        Errors(Good).Should().BeEmpty();
        Errors(new WebhookSubscription { Id = "a", Url = "https://example.com", Profile = "standard" }).Should().BeEmpty();
    }

    [Fact]
    public void What_is_exactly_at_its_limit_passes() => Errors(Good with
    {
        Id = new string('i', 256),
        TenantId = new string('t', 256),
        Name = new string('n', 256),
        Description = new string('d', 2048),
        EventTypes = [.. Enumerable.Range(0, 200).Select(i => $"e{i}")],
        Headers = Enumerable.Range(0, 20).ToDictionary(i => $"X-{i}", _ => "v"),
        MaxPerSecond = 100_000,
    }).Should().BeEmpty();

    [Fact]
    public void All_broken_rules_are_reported_together() =>
        Errors(Good with { Id = "", Url = "nope", Name = "\0", EventTypes = ["a b", ""], MaxPerSecond = 0, Headers = new Dictionary<string, string> { ["Host"] = "", ["a b"] = "" } })
            .Select(e => e.Rule).Should().Equal(
                "id.empty", "url.not_absolute", "text.control_character", "event_type.character", "event_type.empty", "header.reserved", "header.name", "rate.range");

    [Fact]
    public void The_profile_decides_about_http()
    {
        Errors(Good with { Url = "http://example.com/" }, WebhookProfiles.DialogForm).Should().BeEmpty();
        Errors(Good with { Url = "http://example.com/" }, WebhookProfiles.Ratecard).Should().ContainSingle(e => e.Rule == "url.scheme");
    }

    [Fact]
    public void The_profile_reserves_the_headers_of_its_signature_and_its_body()
    {
        Errors(Good with { Headers = Header("X-ReviewSense-Signature") }).Should().BeEmpty();
        Errors(Good with { EventTypes = ["a"], Headers = Header("x-reviewsense-signature") }, WebhookProfiles.ReviewSense).Should().ContainSingle(e => e.Rule == "header.reserved");
        Errors(Good with { Headers = Header("X-GitHub-Event") }, WebhookProfiles.GitHub).Should().ContainSingle(e => e.Rule == "header.reserved");

        static Dictionary<string, string> Header(string name) => new() { [name] = "v" };
    }

    [Theory]
    [InlineData("review.analysed", null)]
    [InlineData("", "event_type.required")]
    [InlineData("*", "event_type.wildcard")]
    [InlineData("review.*", "event_type.wildcard")]
    public void A_profile_may_need_its_types_named(string type, string? rule)
    {
        var subscription = Good with { EventTypes = type.Length == 0 ? [] : [type] };
        Errors(subscription, WebhookProfiles.ReviewSense).Select(e => e.Rule).Should().Equal(rule is null ? [] : [rule]);
        Errors(subscription, WebhookProfiles.Standard).Should().BeEmpty();
    }

    [Theory]
    [InlineData("review.created", null)]
    [InlineData("review.*", null)]
    [InlineData("*", null)]
    [InlineData("review.updated", "event_type.unknown")]
    [InlineData("Review.created", "event_type.unknown")]
    [InlineData("message.*", "event_type.unknown")]
    public void A_host_may_allow_only_types_of_its_catalogue(string type, string? rule)
    {
        var catalogue = new WebhookEventCatalogue([new("review.created", "A review.")]);
        var errors = Errors(Good with { EventTypes = [type] }, options: new SubscriptionOptions { RequireKnownEventTypes = true }, catalogue: catalogue);
        errors.Select(e => e.Rule).Should().Equal(rule is null ? [] : [rule]);
        errors.Where(e => !e.Message.Contains("Known: review.created", StringComparison.Ordinal)).Should().BeEmpty();
    }

    private static IReadOnlyList<WebhookError> Errors(
        WebhookSubscription subscription, WebhookProfile? profile = null, SubscriptionOptions? options = null, WebhookEventCatalogue? catalogue = null)
    {
        var validator = new SubscriptionValidator(new AddressRules(new NetworkOptions()), catalogue ?? new([]), Options.Create(options ?? new()));
        try
        {
            validator.Validate(subscription, profile ?? WebhookProfiles.Standard);
            return [];
        }
        catch (WebhookValidationException e)
        {
            return e.Errors;
        }
    }
}
