using Microsoft.AspNetCore.Http.Metadata;

namespace Webhooks.Sdk.Dashboard.Requests;

/// <summary>No form of ours is large: the server reads no more of a request than this.</summary>
internal sealed class SmallForms : IRequestSizeLimitMetadata
{
    public const int MaxBytes = 128 * 1024;

    public long? MaxRequestBodySize => MaxBytes;
}
