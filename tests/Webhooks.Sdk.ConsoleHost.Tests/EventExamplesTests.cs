using System.Text.Json;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Profiles;

namespace Webhooks.Sdk.ConsoleHost.Tests;

public sealed class EventExamplesTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "events");

    public static TheoryData<string, string> TypesOfProfiles =>
        new(WebhookProfiles.All.SelectMany(p => p.EventTypes.Select(t => (p.Name, t))));

    [Theory]
    [MemberData(nameof(TypesOfProfiles))]
    public void Every_event_type_has_an_example_that_can_be_published(string profile, string type)
    {
        var example = File.ReadAllBytes(Path.Combine(Folder, profile, type + ".json"));

        EventData.FromJson(example).Freeze(256 * 1024).Should().StartWith("{"u8.ToArray());
    }

    [Fact]
    public void Every_example_belongs_to_an_event_type()
    {
        var files = Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Folder, f).Replace('\\', '/'));

        files.Should().BeEquivalentTo(WebhookProfiles.All.SelectMany(p => p.EventTypes.Select(t => $"{p.Name}/{t}.json")));
    }

    [Theory]
    [InlineData("reviewsense/review.analysed", "analysis_id,review_id,sentiment,score,topics,response_draft")]
    [InlineData("ratecard/messages.sent", "message")]
    [InlineData("ratecard/messages.opened", "message")]
    [InlineData("ratecard/messages.clicked", "message")]
    [InlineData("ratecard/feedback.created", "feedback")]
    [InlineData("ratecard/feedback.updated", "feedback")]
    [InlineData("ratecard/feedback.received", "feedback")]
    [InlineData("ratecard/feedback.closed", "feedback,user")]
    [InlineData("ratecard/feedback.reopened", "feedback,user")]
    [InlineData("ratecard/feedback.assigned", "feedback,user")]
    [InlineData("ratecard/feedback.archived", "feedback,user")]
    [InlineData("ratecard/feedback.replied", "reply,feedback,user")]
    [InlineData("ratecard/feedback.noted", "note,feedback,user")]
    [InlineData("dialogform/completed", "flowId,identifier,score")]
    [InlineData("dialogform/deleted", "flowId,identifier")]
    [InlineData("dialogform/feedbackUpdated", "flowId,identifier,promptName")]
    public void The_keys_stand_in_the_order_of_the_wire_format(string example, string keys)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, example + ".json")));

        Keys(json.RootElement).Should().Be(keys);
        foreach (var (inner, expected) in new[] { ("user", "id,name,email"), ("reply", "subject,body"), ("note", "subject,body") })
        {
            if (json.RootElement.TryGetProperty(inner, out var value))
            {
                Keys(value).Should().Be(expected);
            }
        }
    }

    private static string Keys(JsonElement json) => string.Join(',', json.EnumerateObject().Select(p => p.Name));
}
