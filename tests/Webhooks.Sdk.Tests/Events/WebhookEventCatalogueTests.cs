using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Webhooks.Sdk.Events;

namespace Webhooks.Sdk.Tests.Events;

public sealed class WebhookEventCatalogueTests
{
    private static readonly JsonTypeInfo StringInfo = JsonSerializerOptions.Default.GetTypeInfo(typeof(string));

    [Fact]
    public void Types_are_found_by_exact_name_and_listed_in_order()
    {
        var catalogue = new WebhookEventCatalogue([new("b", "B."), new("a", "A.") { TypeInfo = StringInfo }]);

        catalogue.Types.Select(t => t.Name).Should().Equal("a", "b");
        catalogue.TryGet("a", out var type).Should().BeTrue();
        type!.DataType.Should().Be<string>();
        catalogue.TryGet("A", out _).Should().BeFalse();
        catalogue.Of(typeof(string)).Should().BeSameAs(type);
    }

    [Fact]
    public void A_name_that_is_no_event_type_is_refused() =>
        FluentActions.Invoking(() => new WebhookEventCatalogue([new("review.*", "")]))
            .Should().Throw<WebhookValidationException>().Which.Errors.Should().ContainSingle(e => e.Rule == "event_type.wildcard");

    [Fact]
    public void A_name_or_a_payload_type_is_declared_once()
    {
        Refused([new("a", ""), new("a", "")]).Should().Contain("'a' is added twice");
        Refused([new("a", "") { TypeInfo = StringInfo }, new("b", "") { TypeInfo = StringInfo }]).Should().Contain("both 'a' and 'b'");

        static string Refused(WebhookEventType[] types) => FluentActions.Invoking(() => new WebhookEventCatalogue(types))
            .Should().Throw<WebhookValidationException>().Which.Message;
    }

    [Fact]
    public void An_undeclared_payload_type_names_the_call_that_is_missing() =>
        FluentActions.Invoking(() => new WebhookEventCatalogue([]).Of(typeof(string)))
            .Should().Throw<WebhookException>().WithMessage("*AddEvent<String>*");
}
