using System.Collections.Concurrent;
using ReviewPlatform.Events;
using Webhooks.Sdk.Publishing;

namespace ReviewPlatform.Messages;

/// <summary>The messages of all projects, and what customers hear of them.</summary>
internal sealed class Inbox(IWebhookPublisher webhooks, TimeProvider time)
{
    private readonly ConcurrentDictionary<int, Message> _messages = new();
    private int _lastId;

    public IEnumerable<Message> Of(string project) => _messages.Values.Where(m => m.Project == project).OrderByDescending(m => m.Id);

    public Message? Find(string project, int id) => _messages.TryGetValue(id, out var message) && message.Project == project ? message : null;

    public async Task WriteAsync(string project, string to, string text)
    {
        var message = new Message(Interlocked.Increment(ref _lastId), project, to, text, time.GetUtcNow());
        _messages[message.Id] = message;
        await webhooks.PublishAsync(new MessageCreated(message.Id, to, text, message.CreatedAt.UtcDateTime), project);
    }

    public async Task SendAsync(Message message)
    {
        var now = time.GetUtcNow();
        _messages[message.Id] = message with { SentAt = now };
        await webhooks.PublishAsync(new MessageUpdated(message.Id, message.To, message.Text, message.CreatedAt.UtcDateTime, now.UtcDateTime, now.UtcDateTime), message.Project);
    }

    public async Task DeleteAsync(Message message)
    {
        if (_messages.TryRemove(message.Id, out _))
        {
            await webhooks.PublishAsync(new MessageDeleted(message.Id, time.GetUtcNow().UtcDateTime), message.Project);
        }
    }
}
