using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Webhooks.Sdk.Events;

/// <summary>The options of reflection-based serialisation: camelCase, as ASP.NET Core. Only annotated members reach it.</summary>
internal static class ReflectionJson
{
    private static JsonSerializerOptions? s_options;

    public static JsonSerializerOptions Options
    {
        [RequiresUnreferencedCode("Reflection-based serialisation.")]
        [RequiresDynamicCode("Reflection-based serialisation.")]
        get => s_options ??= new(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
    }
}
