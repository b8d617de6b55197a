using System.Globalization;
using System.Net;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Dispatching;

/// <summary>
/// An endpoint may answer, or an attempt may end, before the body is written. The body lies in a buffer that the next attempt fills anew: not one
/// byte of the next customer's event may go out with this one.
/// </summary>
public sealed class EarlyAnswerTests
{
    // More than both sides' socket buffers hold: the write cannot have ended when the answer comes.
    private const int Large = 16 * 1024 * 1024;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(256 * 1024)]
    [InlineData(Large)]
    public async Task A_413_before_the_body_is_read_is_the_answer_even_when_the_receiver_then_closes(int size)
    {
        await using var server = new RawServer(async c =>
        {
            await c.ReadHeadAsync();
            await c.WriteAsync("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        });
        await using var sender = Sender.Local();

        (await sender.SendAsync(server.Url, body: new string('a', size))).ShouldBeAnswer(413);
    }

    [Theory]
    [InlineData(256 * 1024)]
    [InlineData(Large)]
    public async Task After_an_early_answer_the_next_body_is_whole_and_the_last_one_was_not_touched(int size)
    {
        var bodies = Channel.CreateUnbounded<byte[]>();
        await using var server = new RawServer(async c =>
        {
            while (await c.ReadHeadAsync() is { } head)
            {
                await c.WriteAsync("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n");
                await bodies.Writer.WriteAsync(await c.ReadBytesAsync(int.Parse(new RawRequest(head, []).Header("Content-Length").Single(), CultureInfo.InvariantCulture)));
            }
        });
        await using var sender = Sender.Local();
        var buffer = new byte[size];

        for (var letter = 'a'; letter <= 'e'; letter++)
        {
            // As the worker does it: one buffer, filled anew as soon as the attempt has ended.
            buffer.AsSpan().Fill((byte)letter);
            var request = Sender.Request(server.Url);
            request.Body = buffer;
            (await sender.SendAsync(request)).ShouldBeAnswer(413);
        }

        for (var letter = 'a'; letter <= 'e'; letter++)
        {
            var body = await bodies.Reader.ReadAsync(Cancel);
            body.Length.Should().Be(size);
            body.AsSpan().ContainsAnyExcept((byte)letter).Should().BeFalse();
        }
    }

    [Fact]
    public async Task After_a_deadline_in_the_middle_of_the_body_nothing_more_of_the_buffer_goes_out()
    {
        var refilled = new TaskCompletionSource();
        var received = new TaskCompletionSource<byte[]>();
        await using var server = new RawServer(async c =>
        {
            await c.ReadHeadAsync();
            await refilled.Task.WaitAsync(c.Stopped);
            received.SetResult(await c.ReadBytesAsync(Large));
        });
        await using var sender = Sender.Local();
        var buffer = new byte[Large];
        buffer.AsSpan().Fill((byte)'a');
        var request = Sender.Request(server.Url, timeout: Sender.Short);
        request.Body = buffer;

        (await sender.SendAsync(request)).ShouldBeTimeoutAfter(Sender.Short);
        buffer.AsSpan().Fill((byte)'b');
        refilled.SetResult();

        var bytes = await received.Task.WaitAsync(Cancel);
        bytes.Length.Should().BeInRange(1, Large - 1);
        bytes.AsSpan().ContainsAnyExcept((byte)'a').Should().BeFalse();
    }

    [Fact]
    public async Task The_attempt_does_not_end_before_the_write_has_ended()
    {
        var wire = new BlockedStream();
        await using var sender = Sender.Local(w => w.HttpClient.AddHttpMessageHandler(() => new AnswersEarly(wire, () => new(HttpStatusCode.OK))));

        var attempt = sender.SendAsync(new Uri("http://127.0.0.1/"), body: "the body").AsTask();
        await wire.Writing.Task.WaitAsync(Cancel);

        attempt.IsCompleted.Should().BeFalse();
        Encoding.UTF8.GetString(wire.Buffer.Span).Should().Be("the body");
        wire.Release.SetResult();
        (await attempt).ShouldBeAnswer(200);
    }

    [Fact]
    public async Task A_handler_of_the_host_that_throws_does_not_free_the_buffer_early_either()
    {
        var wire = new BlockedStream();
        await using var sender = Sender.Local(w => w.HttpClient.AddHttpMessageHandler(() =>
            new AnswersEarly(wire, () => throw new InvalidTimeZoneException("of the host's own"))));

        var attempt = sender.SendAsync(new Uri("http://127.0.0.1/"), body: "the body").AsTask();
        await wire.Writing.Task.WaitAsync(Cancel);

        attempt.IsCompleted.Should().BeFalse();
        wire.Release.SetResult();
        await attempt.Invoking(a => a).Should().ThrowAsync<InvalidTimeZoneException>();
    }

    private sealed class AnswersEarly(BlockedStream wire, Func<HttpResponseMessage> answer) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            _ = request.Content!.CopyToAsync(wire, CancellationToken.None);
            return Task.FromResult(answer());
        }
    }

    /// <summary>A wire that takes bytes only when it is told to, whatever is cancelled.</summary>
    private sealed class BlockedStream : MemoryStream
    {
        public TaskCompletionSource Writing { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ReadOnlyMemory<byte> Buffer { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Buffer = buffer;
            Writing.SetResult();
            return new(Release.Task);
        }
    }
}
