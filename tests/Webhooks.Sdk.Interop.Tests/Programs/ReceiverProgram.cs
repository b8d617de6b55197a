namespace Webhooks.Sdk.Interop.Tests.Programs;

/// <summary>samples/Receiver as a process of its own, on a free port and a file of its own.</summary>
internal sealed class ReceiverProgram : IDisposable
{
    private readonly Program _program;
    private readonly string _directory;

    private ReceiverProgram(Program program, string directory, string url) => (_program, _directory, Url) = (program, directory, url);

    public string Url { get; }

    public static async Task<ReceiverProgram> StartAsync(string profile, string secret, bool inBackground = false)
    {
        var directory = Directory.CreateTempSubdirectory("webhooks-").FullName;
        var program = Program.Start(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "Receiver.dll"), "--urls", "http://127.0.0.1:0", "--profile", profile, "--secret", secret,
                "--database", Path.Combine(directory, "receiver.db"), "--background", inBackground ? "true" : "false",
            ]);
        if (await program.ReadLineAsync() is { } line && line.StartsWith("POST ", StringComparison.Ordinal))
        {
            return new ReceiverProgram(program, directory, line["POST ".Length..]);
        }

        using (program)
        {
            throw new InvalidOperationException("The receiver did not start: " + (await program.EndAsync()).Error);
        }
    }

    /// <summary>The next event that it has handled.</summary>
    public Task<string?> ReadLineAsync() => _program.ReadLineAsync();

    public void Dispose()
    {
        _program.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
