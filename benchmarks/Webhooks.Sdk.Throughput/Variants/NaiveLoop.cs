using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Webhooks.Sdk.Throughput.Measuring;
using Webhooks.Sdk.Throughput.Payloads;
using Webhooks.Sdk.Throughput.Receiving;

namespace Webhooks.Sdk.Throughput.Variants;

/// <summary>What people write by hand: a channel, workers, and an HttpClient that posts what JsonSerializer made. It loses events, but it is short.</summary>
internal sealed class NaiveLoop : IVariant
{
    private readonly byte[] _key = Limits.Key;
    private readonly Channel<Message> _queue = Channel.CreateUnbounded<Message>();
    private readonly HttpClient _client = new();
    private Task _workers = Task.CompletedTask;
    private Uri _url = null!;

    public string Name => "naive";

    public Task StartAsync(ReceiverProcess receiver)
    {
        _url = receiver.Url;
        _workers = Task.WhenAll(Enumerable.Range(0, Limits.InFlight).Select(_ => Task.Run(WorkAsync)));
        return Task.CompletedTask;
    }

    public Task PublishAsync(int publications, PublishTimes times, Pace pace) =>
        Callers.PublishAsync(publications, times, pace, () => _queue.Writer.WriteAsync(NewMessage()));

    public Task PublishOneAsync() => _queue.Writer.WriteAsync(NewMessage()).AsTask();

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.Complete();
        await _workers;
        _client.Dispose();
    }

    private static Message NewMessage() => new("evt_" + Guid.NewGuid().ToString("N"), Review.Type, DateTimeOffset.UtcNow, Review.Sample);

    private async Task WorkAsync()
    {
        await foreach (var message in _queue.Reader.ReadAllAsync())
        {
            var json = JsonSerializer.Serialize(message, JsonSerializerOptions.Web);
            var timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
            var mac = HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{message.Id}.{timestamp}.{json}"));
            using var content = new StringContent(json, Encoding.UTF8, "application/json");
            content.Headers.Add("webhook-id", message.Id);
            content.Headers.Add("webhook-timestamp", $"{timestamp}");
            content.Headers.Add("webhook-signature", "v1," + Convert.ToBase64String(mac));
            using var response = await _client.PostAsync(_url, content);
            response.EnsureSuccessStatusCode();
        }
    }
}
