namespace Webhooks.Sdk.Interop.Tests.Programs;

/// <summary>The sample program, whose <c>send</c> and <c>verify</c> are the engine and the verifier that hosts use.</summary>
internal static class ConsoleHostProgram
{
    public static async Task<Ended> RunAsync(string standardInput, params IEnumerable<string> arguments)
    {
        using var program = Program.Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "ConsoleHost.dll"), .. arguments]);
        return await program.EndAsync(standardInput);
    }
}
