using System.Globalization;
using System.Text.Json.Nodes;
using Webhooks.Sdk.AspNetCore.Management.Events;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Profiles;

namespace Webhooks.Sdk.AspNetCore.OpenApi;

/// <summary>The OpenAPI 3.1 document of what this host sends, in one wire format: its <c>webhooks</c> section, to generate receivers from.</summary>
internal static class WebhooksDocument
{
    private const string TestData = """{"message":"This is a test event."}""";

    public static JsonObject Of(WebhookEventCatalogue catalogue, WebhookProfile profile)
    {
        JsonObject webhooks = [];
        JsonObject schemas = [];
        foreach (var type in TypesOf(catalogue, profile))
        {
            schemas[DataName(type)] = DataSchema.Of(type) is { } schema ? SchemaText.Placed(schema, DataName(type)) : new JsonObject();
            schemas[BodyName(type)] = BodySchema(type, profile);
            webhooks[type.Name] = new JsonObject { ["post"] = Operation(type, profile) };
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = $"Webhooks in the format {profile.Name}",
                ["version"] = "1",
                ["description"] = string.Create(CultureInfo.InvariantCulture,
                    $"{profile.Description}. Answer with a status from 200 to 299 within {profile.Timeout.TotalSeconds} seconds; anything else is a failed attempt. The same event may arrive more than once."),
            },
            ["webhooks"] = webhooks,
            ["components"] = new JsonObject { ["schemas"] = schemas },
        };
    }

    private static IEnumerable<WebhookEventType> TypesOf(WebhookEventCatalogue catalogue, WebhookProfile profile) =>
        catalogue.TryGet(profile.TestEventType, out _)
            ? catalogue.Types
            : [.. catalogue.Types, new WebhookEventType(profile.TestEventType, "A test event that the subscriber asked for.") { Example = TestData }];

    private static JsonObject BodySchema(WebhookEventType type, WebhookProfile profile) => EnvelopeSchema.Of(
        EnvelopeSample.First(profile, type.Name, EnvelopeSchema.MarkedData).Body,
        EnvelopeSample.Second(profile, type.Name, EnvelopeSchema.MarkedData).Body,
        SchemaText.Reference(DataName(type)));

    private static JsonObject Operation(WebhookEventType type, WebhookProfile profile)
    {
        var example = EnvelopeSample.First(profile, type.Name, type.Example ?? "{}");
        JsonObject content = new() { ["schema"] = SchemaText.Reference(BodyName(type)) };
        if (type.Example is not null)
        {
            content["example"] = example.Body?.DeepClone();
        }

        JsonObject operation = new()
        {
            ["operationId"] = type.Name,
            ["summary"] = type.Description,
            ["requestBody"] = new JsonObject { ["required"] = true, ["content"] = new JsonObject { [profile.Envelope.ContentType] = content } },
            ["responses"] = new JsonObject
            {
                ["2XX"] = new JsonObject { ["description"] = "Received." },
                ["default"] = new JsonObject { ["description"] = "Not received: a failed attempt." },
            },
        };
        if (Headers(type, profile, example) is { Count: > 0 } headers)
        {
            operation["parameters"] = headers;
        }

        return operation;
    }

    private static JsonArray Headers(WebhookEventType type, WebhookProfile profile, EnvelopeSample example)
    {
        var second = EnvelopeSample.Second(profile, type.Name, type.Example ?? "{}");
        JsonArray headers = [];
        foreach (var (name, value) in example.Headers)
        {
            JsonObject header = new() { ["name"] = name, ["in"] = "header", ["required"] = true };
            if (profile.Signer.HeaderNames.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                // Each subscription has a secret of its own, so nothing about it is always the same.
                header["description"] = "Proves who sent it: verify it over the raw body before anything else.";
                header["schema"] = new JsonObject { ["type"] = "string" };
            }
            else
            {
                header["schema"] = EnvelopeSchema.Of(JsonValue.Create(value), JsonValue.Create(second.Headers.GetValueOrDefault(name)), []);
            }

            header["example"] = value;
            headers.Add((JsonNode)header);
        }

        return headers;
    }

    // Both kinds of names are legal for components, because event types are; the prefixes keep them apart.
    private static string DataName(WebhookEventType type) => $"data_{type.Name}";

    private static string BodyName(WebhookEventType type) => $"event_{type.Name}";
}
