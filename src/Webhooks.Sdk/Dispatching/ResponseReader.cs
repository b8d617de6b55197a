namespace Webhooks.Sdk.Dispatching;

/// <summary>Reads the beginning of a response body. The status has decided already: a body that breaks, or is late, only ends the reading.</summary>
internal static class ResponseReader
{
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, byte[] buffer, CancellationToken deadline)
    {
        if (buffer.Length == 0 || response.StatusCode == System.Net.HttpStatusCode.NoContent || response.Content.Headers.ContentLength == 0)
        {
            return default;
        }

        var length = 0;
        try
        {
            var stream = await response.Content.ReadAsStreamAsync(deadline);
            while (length < buffer.Length && await stream.ReadAsync(buffer.AsMemory(length), deadline) is var read and > 0)
            {
                length += read;
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or InvalidOperationException)
        {
            // What was read is kept for the log.
        }

        return length == 0 ? default : buffer.AsSpan(0, length).ToArray();
    }

    public static string? RetryAfterOf(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("Retry-After", out var values) ? values.FirstOrDefault() : null;
}
