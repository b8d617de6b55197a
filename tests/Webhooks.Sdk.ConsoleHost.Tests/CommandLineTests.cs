using Webhooks.Sdk.Profiles;

namespace Webhooks.Sdk.ConsoleHost.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("'nope'", "nope")]
    [InlineData("'--nope'", "--nope")]
    [InlineData("'--nope'", "profiles", "--nope")]
    [InlineData("'nope'", "send", "nope")]
    public async Task An_unknown_command_or_option_ends_with_2(string named, params string[] arguments)
    {
        var refused = await RunningProgram.RunAsync(arguments);

        refused.ExitCode.Should().Be(2);
        refused.Output.Should().BeEmpty();
        refused.Error.Should().Contain($"error: Unrecognized command or argument {named}");
    }

    [Theory]
    [InlineData("send,sign,verify,profiles", "--help")]
    [InlineData("--url,--profile,--type,--data,--secret,--tenant-id,--tenant-name,--subscription-id,--subscription-name,--event-id,--created-at,--count,--concurrency,--allow-private-networks,--retry-scale", "send", "--help")]
    [InlineData("--profile,--secret,--header,--body,--tolerance,--now", "verify", "--help")]
    [InlineData("--profile,--secret,--body,--id,--timestamp", "sign", "--help")]
    public async Task Help_names_everything_and_ends_with_0(string names, params string[] arguments)
    {
        var help = await RunningProgram.RunAsync(arguments);

        help.ExitCode.Should().Be(0);
        help.Output.Should().ContainAll(names.Split(','));
    }

    [Fact]
    public async Task Profiles_are_shown_as_a_table()
    {
        var shown = await RunningProgram.RunAsync("profiles");

        shown.ExitCode.Should().Be(0);
        var rows = shown.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2).ToList();
        rows.Select(r => r.Split(' ')[0]).Should().Equal(WebhookProfiles.All.Select(p => p.Name));
        rows[0].Should().MatchRegex("^standard +https +webhook-signature +15 s +10 +75 h 35 m 5 s +after 5 days of failure and 10 failed attempts$");
        rows[1].Should().MatchRegex("^reviewsense +https +X-ReviewSense-Signature +10 s +6 +32 h 35 m +after 1 exhausted delivery$");
        rows[2].Should().MatchRegex("^ratecard +https +Ratecard-Webhook-Secret +3 s +3 +1 m 50 s +never$");
        rows[3].Should().MatchRegex("^dialogform +http, https +unsigned ");
    }
}
