using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Receiving;

namespace Webhooks.Sdk.Tests.Receiving;

public sealed class InboxOptionsTests
{
    public static TheoryData<string> Names => ["Age", "PurgeInterval", "Lease", "Concurrency", "PollInterval", "RetryDelays"];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_value_that_cannot_work_is_refused_by_name(string name)
    {
        using var services = new ServiceCollection().AddWebhookReceiver(r => r.ConfigureInbox(o =>
        {
            switch (name)
            {
                case "Age":
                    o.Age = TimeSpan.Zero;
                    break;
                case "PurgeInterval":
                    o.PurgeInterval = TimeSpan.Zero;
                    break;
                case "Lease":
                    o.Lease = TimeSpan.FromDays(1);
                    break;
                case "Concurrency":
                    o.Concurrency = 0;
                    break;
                case "PollInterval":
                    o.PollInterval = TimeSpan.Zero;
                    break;
                default:
                    o.RetryDelays.Add(TimeSpan.FromSeconds(-1));
                    break;
            }
        })).Services.BuildServiceProvider();

        FluentActions.Invoking(() => services.GetRequiredService<IOptions<InboxOptions>>().Value)
            .Should().Throw<OptionsValidationException>().Which.Failures.Should().ContainSingle().Which.Should().Contain($"InboxOptions.{name}");
    }
}
