using System.Text.Json;

namespace Webhooks.Sdk.Interop.Tests.Programs;

/// <summary>A Node program that signs with a library.</summary>
internal static class LibrarySender
{
    public static async Task<SignedByLibrary> SignAsync(string library, string secret, string body)
    {
        using var node = Node.Start("sign.mjs", library, secret);
        var ended = await node.EndAsync(body);
        ended.ExitCode.Should().Be(0, ended.Error);
        return JsonSerializer.Deserialize<SignedByLibrary>(ended.Output, JsonSerializerOptions.Web)!;
    }
}

/// <summary>What a sender that uses the library would send.</summary>
internal sealed record SignedByLibrary(Dictionary<string, string> Headers, string Body)
{
    public string? Find(string name) => Headers.FirstOrDefault(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}
