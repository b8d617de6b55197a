using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Webhooks.Sdk.Throughput.Measuring;
using Webhooks.Sdk.Throughput.Payloads;
using Webhooks.Sdk.Throughput.Receiving;

namespace Webhooks.Sdk.Throughput.Variants;

/// <summary>
/// The ceiling of a .NET sender: so many loops that each send the same prebuilt body, sign it, and wait for the answer. No queue, no record of
/// anything, no log, no retry.
/// </summary>
internal sealed class RawLoop : IVariant
{
    private readonly byte[] _key = Limits.Key;
    private readonly byte[] _body = JsonSerializer.SerializeToUtf8Bytes(
        new Message("evt_01ARZ3NDEKTSV4RRFFQ69G5FAV", Review.Type, DateTimeOffset.UtcNow, Review.Sample), JsonSerializerOptions.Web);
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
    });

    private Uri _url = null!;

    public string Name => "raw_loop";

    public bool HasPublications => false;

    public Task StartAsync(ReceiverProcess receiver)
    {
        _url = receiver.Url;
        return Task.CompletedTask;
    }

    public Task PublishAsync(int publications, PublishTimes times, Pace pace)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, Limits.InFlight).Select(_ => Task.Run(LoopAsync)));

        async Task LoopAsync()
        {
            var buffer = new byte[_body.Length + 64];
            while (Interlocked.Increment(ref next) is var i && i < publications)
            {
                await SendAsync(i, buffer);
            }
        }
    }

    public Task PublishOneAsync() => SendAsync(0, new byte[_body.Length + 64]).AsTask();

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask SendAsync(int number, byte[] buffer)
    {
        var id = "evt_" + number.ToString(CultureInfo.InvariantCulture);
        var timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var content = new ReadOnlyMemoryContent(_body);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = content };
        request.Headers.TryAddWithoutValidation("User-Agent", "raw-loop");
        request.Headers.TryAddWithoutValidation("webhook-id", id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", timestamp);
        request.Headers.TryAddWithoutValidation("webhook-signature", Sign(id, timestamp, buffer));
        using var response = await _client.SendAsync(request, CancellationToken.None);
    }

    private string Sign(string id, string timestamp, byte[] buffer)
    {
        var length = Encoding.ASCII.GetBytes(id, buffer);
        buffer[length++] = (byte)'.';
        length += Encoding.ASCII.GetBytes(timestamp, buffer.AsSpan(length));
        buffer[length++] = (byte)'.';
        _body.CopyTo(buffer.AsSpan(length));
        Span<byte> mac = stackalloc byte[32];
        HMACSHA256.HashData(_key, buffer.AsSpan(0, length + _body.Length), mac);
        Span<char> text = stackalloc char[47];
        "v1,".CopyTo(text);
        Convert.TryToBase64Chars(mac, text[3..], out _);
        return new string(text);
    }
}
