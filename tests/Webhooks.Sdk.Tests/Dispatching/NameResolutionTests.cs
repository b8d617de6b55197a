using System.Net;
using System.Net.Sockets;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Dispatching;

/// <summary>Whatever a resolver says: the addresses that are judged are the addresses that are called.</summary>
public sealed class NameResolutionTests
{
    private static readonly IPAddress Public = IPAddress.Parse("8.8.8.8");

    [Theory]
    [InlineData(SocketError.HostNotFound)]
    [InlineData(SocketError.NoData)]
    [InlineData(SocketError.TryAgain)]
    public async Task A_name_that_does_not_resolve_is_a_name_error(SocketError error)
    {
        await using var sender = Sender.Local(resolver: (_, _) => throw new SocketException((int)error));

        (await sender.SendAsync(new Uri("https://nowhere.example/hooks?token=secret"))).ShouldBeError(AttemptError.NameResolution);
    }

    [Fact]
    public async Task A_name_without_addresses_is_a_name_error()
    {
        await using var sender = Sender.Local(resolver: (_, _) => Task.FromResult<IPAddress[]>([]));

        (await sender.SendAsync(new Uri("https://empty.example/"))).ShouldBeError(AttemptError.NameResolution);
    }

    [Fact]
    public async Task The_system_resolver_says_that_an_invalid_name_does_not_exist()
    {
        // .invalid never resolves (RFC 6761); a machine without any resolver says "try again", which is the same error here.
        await using var sender = Sender.Local();

        (await sender.SendAsync(new Uri("https://does-not-exist.invalid/"))).ShouldBeError(AttemptError.NameResolution);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("8.8.8.8", "10.0.0.1")]
    [InlineData("10.0.0.1", "8.8.8.8")]
    [InlineData("8.8.8.8", "1.1.1.1", "::1")]
    [InlineData("2606:4700:4700::1111", "fd00::1")]
    [InlineData("::ffff:127.0.0.1")]
    public async Task One_denied_address_among_the_answers_refuses_all(params string[] answers)
    {
        await using var sender = Sender.Guarded((_, _) => Task.FromResult<IPAddress[]>([.. answers.Select(IPAddress.Parse)]));

        var result = await sender.SendAsync(new Uri("https://user:hidden@mixed.example/hooks?token=secret"));

        result.ShouldBeError(AttemptError.AddressRefused);
        result.ErrorMessage.Should().Contain("mixed.example").And.Contain("AllowedNetworks").And.NotContain("secret").And.NotContain("hidden");
        answers.Should().NotContain(a => result.ErrorMessage!.Contains(a), because: "what an inner name resolves to is not the stranger's business");
    }

    [Fact]
    public async Task A_name_is_looked_up_once_for_a_connection()
    {
        // An answer that changes between the check and the connect is the rebinding attack: there is no second look-up to change.
        var lookups = 0;
        await using var server = RawServer.Answering(RawConnection.Ok);
        await using var sender = Sender.Local(resolver: (_, _) =>
            Task.FromResult<IPAddress[]>([Interlocked.Increment(ref lookups) == 1 ? IPAddress.Loopback : Public]));

        (await sender.SendAsync(new Uri($"http://rebind.example:{server.Port}/"))).ShouldBeAnswer(200);

        lookups.Should().Be(1);
    }

    [Fact]
    public async Task A_name_that_turns_private_is_refused_at_its_next_connection()
    {
        var lookups = 0;
        await using var server = RawServer.Answering("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        await using var sender = Sender.Guarded(
            (_, _) => Task.FromResult<IPAddress[]>([Interlocked.Increment(ref lookups) == 1 ? IPAddress.Loopback : IPAddress.Parse("10.0.0.1")]),
            w => w.ConfigureNetwork(o => o.AllowedNetworks.Add("127.0.0.1/32")));
        var url = new Uri($"http://rebind.example:{server.Port}/");

        (await sender.SendAsync(url)).ShouldBeAnswer(200);
        (await sender.SendAsync(url)).ShouldBeError(AttemptError.AddressRefused);
    }

    [Fact]
    public async Task The_next_address_is_tried_when_the_first_is_dead()
    {
        await using var server = RawServer.Answering(RawConnection.Ok);
        await using var sender = Sender.Local(resolver: (_, _) =>
            Task.FromResult<IPAddress[]>([IPAddress.IPv6Loopback, IPAddress.Parse("127.0.0.9"), IPAddress.Loopback]));

        (await sender.SendAsync(new Uri($"http://several.example:{server.Port}/"))).ShouldBeAnswer(200);
    }

    [Fact]
    public async Task A_port_that_nobody_listens_on_is_a_connect_error()
    {
        await using var sender = Sender.Local();
        Uri url;
        await using (var server = RawServer.Answering(RawConnection.Ok))
        {
            url = server.Url;
        }

        var result = await sender.SendAsync(new Uri(url + "?token=secret"));

        result.ShouldBeError(AttemptError.Connect);
        result.ErrorMessage.Should().NotContain("secret");
    }

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[64:ff9b::169.254.169.254]/")]
    [InlineData("http://[fe80::1]/")]
    public async Task An_address_in_the_url_is_judged_without_a_look_up(string url)
    {
        await using var sender = Sender.Guarded((host, _) => throw new InvalidOperationException($"'{host}' was looked up."));

        (await sender.SendAsync(new Uri(url))).ShouldBeError(AttemptError.AddressRefused);
    }

    [Fact]
    public async Task A_resolver_that_fails_after_the_deadline_disturbs_nobody()
    {
        var unobserved = new List<Exception>();
        void Note(object? sender, UnobservedTaskExceptionEventArgs e)
        {
            lock (unobserved)
            {
                unobserved.AddRange(e.Exception.InnerExceptions.Where(i => i.Message == "late"));
            }
        }

        TaskScheduler.UnobservedTaskException += Note;
        try
        {
            var lookup = await TimeOutAndFailLaterAsync();
            for (var i = 0; i < 100 && lookup.IsAlive; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                await Task.Yield();
            }

            lookup.IsAlive.Should().BeFalse();
            GC.WaitForPendingFinalizers();
            lock (unobserved)
            {
                unobserved.Should().BeEmpty();
            }
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Note;
        }

        static async Task<WeakReference> TimeOutAndFailLaterAsync()
        {
            var lookup = new TaskCompletionSource<IPAddress[]>();
            await using var sender = Sender.Local(w => w.ConfigureDispatch(o => o.ConnectTimeout = Sender.Short), (_, _) => lookup.Task);
            (await sender.SendAsync(new Uri("http://dead.example/"))).ShouldBeError(AttemptError.Connect);
            lookup.SetException(new InvalidOperationException("late"));
            return new(lookup.Task);
        }
    }
}
