using System.Buffers;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Webhooks.Sdk.AspNetCore.Management.Problems;

namespace Webhooks.Sdk.AspNetCore.Management.Requests;

/// <summary>Reads a body of JSON: at most 256 KB, and only if it says that it is JSON, which no form of another site can say.</summary>
internal static class RequestBody
{
    // Twenty headers of 4 KB and two hundred event types fit.
    public const int MaxBytes = 256 * 1024;

    /// <param name="http">The request.</param>
    /// <param name="type">What it should hold.</param>
    /// <param name="isOptional">No body at all is an empty object.</param>
    public static async ValueTask<Given<T>> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type, bool isOptional = false)
        where T : new()
    {
        var hasBody = http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? true;
        if (!hasBody && isOptional)
        {
            return new(new T(), []);
        }

        if (!IsJson(http.Request))
        {
            return new(Problem.NotJson());
        }

        return await ReadBytesAsync(http.Request, http.RequestAborted) is { } bytes
            ? BodyMembers.Read(bytes, type)
            : new(Problem.TooLarge(MaxBytes));
    }

    private static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.MediaType.Equals("application/merge-patch+json", StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        && request.Headers.ContentEncoding.Count == 0;

    private static async ValueTask<byte[]?> ReadBytesAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxBytes)
        {
            return null;
        }

        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > MaxBytes)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                var bytes = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return bytes;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
