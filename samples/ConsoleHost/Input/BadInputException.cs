namespace ConsoleHost.Input;

/// <summary>What was typed cannot be used; the message says what and why. Ends the program with exit code 2.</summary>
internal sealed class BadInputException(string message) : Exception(message);
