using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Webhooks.Sdk.Events;

/// <summary>
/// A delivery's id is a function of its event and its subscription, so that no store has to keep it, and publishing or recovering twice can
/// never make two deliveries. RFC 9562 version 8: 48 bits of the event's time (rows of one time stand together), the rest from SHA-256.
/// </summary>
public static class DeliveryId
{
    /// <summary>The id of the delivery of <paramref name="event"/> to a subscription.</summary>
    public static Guid Of(WebhookEvent @event, string subscriptionId) => Of(@event.CreatedAt, @event.Id, subscriptionId);

    /// <summary>The id of a delivery, from its parts.</summary>
    public static Guid Of(DateTimeOffset eventTime, string eventId, string subscriptionId)
    {
        Span<byte> text = stackalloc byte[(3 * 2 * Identifiers.MaxLength) + 1];
        var length = Encoding.UTF8.GetBytes(eventId, text);
        text[length++] = 0; // ids hold no control character, so the two cannot run into each other
        length += Encoding.UTF8.GetBytes(subscriptionId, text[length..]);

        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(text[..length], hash);
        BinaryPrimitives.WriteInt64BigEndian(hash, (eventTime.ToUnixTimeMilliseconds() << 16) | BinaryPrimitives.ReadUInt16BigEndian(hash));
        hash[6] = (byte)(0x80 | (hash[6] & 0x0F));
        hash[8] = (byte)(0x80 | (hash[8] & 0x3F));
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>True when the id is that of the delivery. Compares the time before it hashes, so looking through many rows is cheap.</summary>
    public static bool Is(Guid id, DateTimeOffset eventTime, string eventId, string subscriptionId)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadInt64BigEndian(bytes) >> 16 == eventTime.ToUnixTimeMilliseconds() << 16 >> 16
            && Of(eventTime, eventId, subscriptionId) == id;
    }
}
