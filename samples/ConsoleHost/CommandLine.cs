using System.CommandLine;
using System.CommandLine.Invocation;
using ConsoleHost.Input;
using Webhooks.Sdk;

namespace ConsoleHost;

/// <summary>Parses, runs, and turns everything that is wrong with the input into exit code 2 and a message on stderr.</summary>
internal static class CommandLine
{
    // In-flight attempts get their time to end after Ctrl+C; see SendRun.
    private static readonly TimeSpan Termination = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        // A leading @ is this program's sign for a file's content, not a file of further arguments.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            return Refuse([.. parsed.Errors.Select(e => e.Message)], parsed.CommandResult.Command);
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = Termination });
        }
        catch (WebhookValidationException e)
        {
            return Refuse([.. e.Errors.Select(error => error.ToString())], parsed.CommandResult.Command);
        }
        catch (BadInputException e)
        {
            return Refuse([e.Message], parsed.CommandResult.Command);
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("stopped");
            return ExitCode.Failed;
        }
    }

    private static int Refuse(IReadOnlyList<string> messages, Command command)
    {
        foreach (var message in messages)
        {
            Console.Error.WriteLine($"error: {message}");
        }

        var name = command is RootCommand ? "" : $"{command.Name} ";
        Console.Error.WriteLine($"See: dotnet run --project samples/ConsoleHost -- {name}--help");
        return ExitCode.BadInput;
    }
}
