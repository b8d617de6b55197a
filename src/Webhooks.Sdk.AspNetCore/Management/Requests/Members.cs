using Microsoft.AspNetCore.Http;
using Webhooks.Sdk.AspNetCore.Management.Problems;

namespace Webhooks.Sdk.AspNetCore.Management.Requests;

/// <summary>The serializer lets null into lists and maps of what must not be null.</summary>
internal static class Members
{
    public static IResult? RefuseNulls(IReadOnlyList<string>? eventTypes, IReadOnlyDictionary<string, string>? headers)
    {
        List<WebhookError> errors = [];
        if (eventTypes?.Any(t => t is null) == true)
        {
            errors.Add(new("event_types", "json.null", "must not hold null."));
        }

        errors.AddRange((headers ?? new Dictionary<string, string>()).Where(h => h.Value is null).Select(h => new WebhookError($"headers.{h.Key}", "json.null", "must not be null.")));
        return errors.Count > 0 ? Problem.BadMembers(errors) : null;
    }
}
