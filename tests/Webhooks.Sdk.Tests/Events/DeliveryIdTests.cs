using FsCheck.Fluent;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Events;

public sealed class DeliveryIdTests
{
    [Fact]
    public void It_is_the_published_function_of_event_and_subscription() =>
        DeliveryId.Of(Sample.Event(), Sample.SubscriptionId).ToString().Should().Be(Sample.DeliveryId);

    [Fact]
    public void It_is_a_UUID_of_version_8_that_begins_with_the_time() => Properties.ForAll(Gen.Zip(Generate.Text, Generate.Text), ids =>
    {
        var id = DeliveryId.Of(Sample.Time, ids.Item1, ids.Item2).ToString();
        return id.StartsWith("019dbfe5-c640-8", StringComparison.Ordinal) && id[19] is '8' or '9' or 'a' or 'b';
    });

    [Fact]
    public void Where_one_id_ends_and_the_other_begins_counts() =>
        DeliveryId.Of(Sample.Time, "ab", "c").Should().NotBe(DeliveryId.Of(Sample.Time, "a", "bc"));

    [Fact]
    public void The_longest_ids_of_the_widest_characters_fit()
    {
        var longest = new string('日', 256);
        DeliveryId.Of(Sample.Time, longest, longest).Should().Be(DeliveryId.Of(Sample.Time, longest, longest));
    }

    [Fact]
    public void An_id_is_recognised_by_its_parts_and_by_no_others() => Properties.ForAll(Gen.Zip(Generate.Text, Generate.Text), ids =>
    {
        var id = DeliveryId.Of(Sample.Time, ids.Item1, ids.Item2);
        return DeliveryId.Is(id, Sample.Time, ids.Item1, ids.Item2)
            && !DeliveryId.Is(id, Sample.Time.AddMilliseconds(1), ids.Item1, ids.Item2)
            && !DeliveryId.Is(id, Sample.Time, ids.Item1 + "x", ids.Item2);
    });
}
