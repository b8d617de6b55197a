using System.Collections.Concurrent;
using System.Text.Json.Serialization.Metadata;

namespace Webhooks.Sdk.Events;

/// <summary>
/// Tells contracts whose output is sound by construction: objects and lists of plain values, all the way down. A JsonElement, a dictionary,
/// extension data, polymorphism or a converter can bring in what the payload rules forbid, so the text of those is read again.
/// </summary>
internal static class ClosedContract
{
    private static readonly ConcurrentDictionary<JsonTypeInfo, bool> Known = new();

    private static readonly HashSet<Type> Plain =
    [
        typeof(string), typeof(bool), typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong),
        typeof(float), typeof(double), typeof(decimal), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan),
        typeof(Guid), typeof(Uri),
    ];

    public static bool Is(JsonTypeInfo typeInfo) => Known.GetOrAdd(typeInfo, static t => IsClosed(t, []));

    private static bool IsClosed(JsonTypeInfo typeInfo, HashSet<Type> above)
    {
        var type = Nullable.GetUnderlyingType(typeInfo.Type) ?? typeInfo.Type;
        if (typeInfo.PolymorphismOptions is not null)
        {
            return false;
        }

        return typeInfo.Kind switch
        {
            JsonTypeInfoKind.None => Plain.Contains(type) && typeInfo.Converter.GetType().Assembly == typeof(JsonTypeInfo).Assembly,
            JsonTypeInfoKind.Enumerable => typeInfo.ElementType is { } element && IsClosed(typeInfo.Options.GetTypeInfo(element), above),

            // A type that holds itself is judged by its other members.
            JsonTypeInfoKind.Object => !above.Add(type) || typeInfo.Properties.All(p =>
                p is { IsExtensionData: false, CustomConverter: null } && IsClosed(typeInfo.Options.GetTypeInfo(p.PropertyType), above)),
            _ => false,
        };
    }
}
