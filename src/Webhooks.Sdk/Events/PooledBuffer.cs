using System.Buffers;

namespace Webhooks.Sdk.Events;

/// <summary>
/// A buffer that is used again for the next text. A large one is borrowed and goes back when it is cleared, so that a rare large text does not
/// stay in memory with everybody who ever wrote one, and a frequent one costs no new array.
/// </summary>
internal sealed class PooledBuffer : IBufferWriter<byte>
{
    private const int InitialBytes = 1024;
    private const int KeptBytes = 64 * 1024;

    private byte[] _own = [];
    private byte[]? _borrowed;
    private int _length;

    public ReadOnlyMemory<byte> Written => Buffer.AsMemory(0, _length);

    private byte[] Buffer => _borrowed ?? _own;

    /// <summary>Begins anew. What was written before is nobody's from now on.</summary>
    public void Clear()
    {
        _length = 0;
        GiveBack();
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(sizeHint);
        return Buffer.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Grow(sizeHint);
        return Buffer.AsSpan(_length);
    }

    private void Grow(int sizeHint)
    {
        var needed = _length + Math.Max(sizeHint, 1);
        if (needed <= Buffer.Length)
        {
            return;
        }

        var size = Math.Max(needed, Math.Max(InitialBytes, Buffer.Length * 2));
        if (size <= KeptBytes)
        {
            Array.Resize(ref _own, size);
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(size);
        Written.CopyTo(larger);
        GiveBack();
        _borrowed = larger;
    }

    private void GiveBack()
    {
        if (_borrowed is not null)
        {
            ArrayPool<byte>.Shared.Return(_borrowed);
            _borrowed = null;
        }
    }
}
