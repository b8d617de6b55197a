namespace Webhooks.Sdk.AspNetCore.OpenApi;

/// <summary>What a status means in this API.</summary>
internal static class StatusText
{
    public static string Of(int status) => status switch
    {
        200 => "Done.",
        201 => "Created; Location says where.",
        202 => "Accepted; it is waiting now.",
        204 => "Done, nothing to say.",
        304 => "Unchanged since the version of If-None-Match.",
        400 => "The body or a parameter cannot be read.",
        404 => "There is no such thing, or it is another tenant's.",
        409 => "Not possible in this state.",
        412 => "Changed in between: read it again.",
        413 => "The body is too large.",
        415 => "The body is not declared as JSON.",
        422 => "The body breaks a rule; errors names each.",
        428 => "If-Match is missing.",
        _ => "See the problem document.",
    };
}
