using System.Buffers;

namespace Webhooks.Sdk.Dispatching;

/// <summary>The buffer that a body is rendered into, used again for the next one.</summary>
internal sealed class BodyBuffer : IBufferWriter<byte>
{
    // A rare large body does not stay in memory with every worker.
    private const int KeptBytes = 64 * 1024;
    private const int InitialBytes = 1024;

    private byte[] _buffer = [];
    private int _length;

    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _length);

    public void Clear()
    {
        _length = 0;
        if (_buffer.Length > KeptBytes)
        {
            _buffer = [];
        }
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _buffer.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _buffer.AsSpan(_length);
    }

    private void Grow(int sizeHint)
    {
        var needed = _length + Math.Max(sizeHint, 1);
        if (needed > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(needed, Math.Max(InitialBytes, _buffer.Length * 2)));
        }
    }
}
