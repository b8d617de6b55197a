using System.Globalization;
using System.Text.Json;

namespace Webhooks.Sdk.Interop.Tests.Programs;

/// <summary>A Node server that answers 204 to what a library verified and 401 to everything else.</summary>
internal sealed class LibraryReceiver : IDisposable
{
    private readonly Program _node;

    private LibraryReceiver(Program node, int port)
    {
        _node = node;
        Url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/hooks");
    }

    public string Url { get; }

    public static async Task<LibraryReceiver> StartAsync(string library, string secret)
    {
        var node = Node.Start("receive.mjs", library, secret);
        if (await node.ReadLineAsync() is { } port)
        {
            return new LibraryReceiver(node, int.Parse(port, CultureInfo.InvariantCulture));
        }

        using (node)
        {
            throw new InvalidOperationException("The receiver did not start: " + (await node.EndAsync()).Error);
        }
    }

    /// <summary>Stops the server; what it made of each request, in the order they came.</summary>
    public async Task<IReadOnlyList<ReceivedByLibrary>> StopAsync()
    {
        var ended = await _node.EndAsync();
        ended.ExitCode.Should().Be(0, ended.Error);
        return [.. ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<ReceivedByLibrary>(line, JsonSerializerOptions.Web)!)];
    }

    public void Dispose() => _node.Dispose();
}

/// <summary>One request as the library saw it.</summary>
internal sealed record ReceivedByLibrary(bool Ok, string? Id, string? Type, JsonElement Payload, string? Error);
