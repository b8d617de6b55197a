namespace Webhooks.Sdk.AspNetCore.OpenApi;

/// <summary>The operation reads If-Match.</summary>
internal sealed record TakesIfMatch(bool IsRequired);
