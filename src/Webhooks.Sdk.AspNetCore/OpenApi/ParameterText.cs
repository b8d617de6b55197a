using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Webhooks.Sdk.AspNetCore.Management.Requests;

namespace Webhooks.Sdk.AspNetCore.OpenApi;

/// <summary>The parameters of an operation, from the signature of its handler. What is not text comes from the services.</summary>
internal static class ParameterText
{
    public static JsonArray Of(EndpointMetadataCollection metadata, string path)
    {
        JsonArray parameters = [];
        foreach (var parameter in metadata.GetRequiredMetadata<MethodInfo>().GetParameters().Where(p => p.ParameterType == typeof(string)))
        {
            var name = parameter.GetCustomAttributes().OfType<IFromQueryMetadata>().FirstOrDefault()?.Name ?? parameter.Name!;
            var isInPath = path.Contains($"{{{name}}}", StringComparison.Ordinal);
            JsonObject text = new() { ["name"] = name, ["in"] = isInPath ? "path" : "query" };
            if (parameter.GetCustomAttribute<DescriptionAttribute>() is { } description)
            {
                text["description"] = description.Description;
            }

            if (isInPath)
            {
                text["required"] = true;
            }

            text["schema"] = Schema(parameter, name);
            parameters.Add((JsonNode)text);
        }

        if (metadata.GetMetadata<TakesIfMatch>() is { } condition)
        {
            parameters.Add((JsonNode)new JsonObject
            {
                ["name"] = "If-Match",
                ["in"] = "header",
                ["required"] = condition.IsRequired,
                ["description"] = "The ETag that the subscription was read with, or * for whatever is there.",
                ["schema"] = new JsonObject { ["type"] = "string" },
            });
        }

        return parameters;
    }

    private static JsonObject Schema(ParameterInfo parameter, string name)
    {
        if (name == "page_size")
        {
            return new() { ["type"] = "integer", ["default"] = Parameters.DefaultPageSize, ["minimum"] = 1, ["maximum"] = Page<object>.MaxSize };
        }

        JsonObject schema = new() { ["type"] = "string" };
        if (parameter.GetCustomAttribute<AllowedValuesAttribute>() is { Values: var words })
        {
            schema["enum"] = new JsonArray([.. words.Select(w => JsonValue.Create((string)w!))]);
        }

        return schema;
    }
}
