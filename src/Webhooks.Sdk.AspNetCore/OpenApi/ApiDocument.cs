using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Webhooks.Sdk.AspNetCore.Management;
using Webhooks.Sdk.AspNetCore.Management.Json;
using Webhooks.Sdk.AspNetCore.Management.Problems;

namespace Webhooks.Sdk.AspNetCore.OpenApi;

/// <summary>The OpenAPI 3.1 document of the API, read from the endpoints themselves, so that it cannot say what is not mapped.</summary>
internal static class ApiDocument
{
    /// <param name="endpoints">The endpoints of one mapping.</param>
    /// <param name="prefix">What their patterns begin with.</param>
    /// <param name="server">Where they are, as this request sees them.</param>
    public static JsonObject Of(IEnumerable<RouteEndpoint> endpoints, string prefix, string server)
    {
        JsonObject paths = [];
        SortedDictionary<string, JsonNode> schemas = new(StringComparer.Ordinal);
        foreach (var endpoint in endpoints.Where(e => e.Metadata.GetMetadata<ApiOperation>() is not null))
        {
            var path = endpoint.RoutePattern.RawText![prefix.Length..];
            var item = (JsonObject)(paths[path] ??= new JsonObject());
            foreach (var method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods)
            {
                item[method.ToLowerInvariant()] = Operation(endpoint, path, schemas);
            }
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Webhooks",
                ["version"] = "1",
                ["description"] = "Manages the webhooks of the tenant that the request belongs to. How a request is authorized is this host's own affair.",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = server }),
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = new JsonObject(schemas.Select(s => KeyValuePair.Create(s.Key, (JsonNode?)s.Value))) },
        };
    }

    private static JsonObject Operation(RouteEndpoint endpoint, string path, IDictionary<string, JsonNode> schemas)
    {
        var metadata = endpoint.Metadata;
        JsonObject operation = new()
        {
            ["operationId"] = metadata.GetRequiredMetadata<ApiOperation>().Id,
            ["tags"] = new JsonArray([.. metadata.GetMetadata<ITagsMetadata>()!.Tags.Select(t => JsonValue.Create(t))]),
            ["summary"] = metadata.GetMetadata<IEndpointSummaryMetadata>()!.Summary,
        };
        if (metadata.GetMetadata<IEndpointDescriptionMetadata>() is { } description)
        {
            operation["description"] = description.Description;
        }

        if (ParameterText.Of(metadata, path) is { Count: > 0 } parameters)
        {
            operation["parameters"] = parameters;
        }

        if (metadata.GetMetadata<IAcceptsMetadata>() is { RequestType: { } body } accepts)
        {
            var content = Content(body, "application/json", schemas);
            operation["requestBody"] = new JsonObject { ["required"] = !accepts.IsOptional, ["content"] = content };
        }

        JsonObject responses = [];
        IEnumerable<IProducesResponseTypeMetadata> answers = metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>();
        foreach (var answer in answers.OrderBy(a => a.StatusCode))
        {
            responses[answer.StatusCode.ToString(CultureInfo.InvariantCulture)] = Response(answer, schemas);
        }

        responses["401"] = new JsonObject { ["description"] = "Not signed in; answered by the host." };
        responses["403"] = new JsonObject
        {
            ["description"] = "Not allowed, or of no tenant, or sent by a browser from another origin.",
            ["content"] = Content(typeof(ApiProblem), ApiProblem.ContentType, schemas),
        };
        operation["responses"] = responses;
        return operation;
    }

    private static JsonObject Response(IProducesResponseTypeMetadata answer, IDictionary<string, JsonNode> schemas)
    {
        JsonObject response = new() { ["description"] = StatusText.Of(answer.StatusCode) };
        if (answer.Type is { } type && type != typeof(void))
        {
            response["content"] = Content(type, answer.ContentTypes.FirstOrDefault() ?? "application/json", schemas);
        }

        return response;
    }

    private static JsonObject Content(Type type, string contentType, IDictionary<string, JsonNode> schemas)
    {
        JsonNode schema;
        if (typeof(JsonNode).IsAssignableFrom(type))
        {
            schema = new JsonObject { ["type"] = "object" };
        }
        else
        {
            var name = NameOf(type);
            if (!schemas.ContainsKey(name))
            {
                schemas[name] = SchemaText.Of(InfoOf(type), name);
            }

            schema = SchemaText.Reference(name);
        }

        return new JsonObject { [contentType] = new JsonObject { ["schema"] = schema } };
    }

    private static JsonTypeInfo InfoOf(Type type) =>
        ApiJson.Default.GetTypeInfo(type) ?? throw new InvalidOperationException($"{type} is missing in {nameof(ApiJson)}.");

    // SubscriptionView -> Subscription, PageView<DeliveryView> -> DeliveryPage, ApiProblem -> Problem.
    private static string NameOf(Type type) => type.IsGenericType
        ? NameOf(type.GenericTypeArguments[0]) + "Page"
        : type.Name.Replace("View", "", StringComparison.Ordinal).Replace("Body", "", StringComparison.Ordinal).Replace("ApiProblem", "Problem", StringComparison.Ordinal);
}
