namespace Webhooks.Sdk.Endpoints;

/// <summary>Which URL schemes a profile's endpoints may have.</summary>
public enum EndpointUrlRule
{
    /// <summary>Only <c>https</c>. The default.</summary>
    HttpsOnly,

    /// <summary><c>https</c> and <c>http</c>.</summary>
    HttpOrHttps,
}
