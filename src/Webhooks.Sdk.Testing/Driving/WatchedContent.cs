using System.Net;

namespace Webhooks.Sdk.Testing.Driving;

/// <summary>The content of an answer, with a count of the bytes that were read.</summary>
internal sealed class WatchedContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly Flight _flight;

    public WatchedContent(HttpContent inner, Flight flight)
    {
        _inner = inner;
        _flight = flight;
        foreach (var (name, values) in inner.Headers.NonValidated)
        {
            Headers.TryAddWithoutValidation(name, (IEnumerable<string>)values);
        }
    }

    protected override async Task<Stream> CreateContentReadStreamAsync() => new WatchedStream(await _inner.ReadAsStreamAsync(), _flight);

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
        new WatchedStream(await _inner.ReadAsStreamAsync(cancellationToken), _flight);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await using var source = await CreateContentReadStreamAsync();
        await source.CopyToAsync(stream);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
