using System.Text.Json;

namespace Webhooks.Sdk.Events;

/// <summary>A pooled JSON writer and its buffer. One per thread is kept: publishing is synchronous up to the store.</summary>
internal sealed class JsonScratch : IDisposable
{
    [ThreadStatic] private static JsonScratch? t_kept;

    private readonly PooledBuffer _buffer = new();

    private JsonScratch()
    {
        Writer = new Utf8JsonWriter(_buffer, PlainJsonEncoder.WriterOptions);
    }

    public Utf8JsonWriter Writer { get; }

    public static JsonScratch Rent()
    {
        var scratch = t_kept ?? new JsonScratch();
        t_kept = null;
        return scratch;
    }

    public byte[] ToArray()
    {
        Writer.Flush();
        return _buffer.Written.ToArray();
    }

    public void Dispose()
    {
        Writer.Reset();
        _buffer.Clear();
        t_kept = this;
    }
}
