using Webhooks.Sdk.Envelopes;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Envelopes;

public sealed class TypeAndDataEnvelopeTests
{
    private sealed record Completed(long FlowId, string Identifier, double? Score);

    [Theory]
    [InlineData("completed", """{"flowId":7,"identifier":"a","score":4.5}""")]
    [InlineData("completed", """{"flowId":7,"identifier":"a","score":null}""")]
    [InlineData("deleted", """{"flowId":7,"identifier":"a"}""")]
    [InlineData("feedbackUpdated", """{"flowId":7,"identifier":"a","promptName":"Why?"}""")]
    public void The_body_is_type_and_data_and_nothing_else(string type, string data) =>
        new TypeAndDataEnvelope().Render(Sample.Context(Sample.Event(data, type))).Should().Be($$"""{"type":"{{type}}","data":{{data}}}""");

    [Fact]
    public void A_score_that_is_not_there_is_an_explicit_null()
    {
        var data = System.Text.Encoding.UTF8.GetString(EventData.From(new Completed(7, "a", null)).Freeze(1000));
        new TypeAndDataEnvelope().Render(Sample.Context(Sample.Event(data, "completed")))
            .Should().Be("""{"type":"completed","data":{"flowId":7,"identifier":"a","score":null}}""");
    }
}
