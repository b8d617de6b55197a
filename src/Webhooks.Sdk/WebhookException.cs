namespace Webhooks.Sdk;

/// <summary>The base of every exception that this library throws on purpose.</summary>
public class WebhookException : Exception
{
    /// <summary>Creates the exception; the message names the option or the call that mends it.</summary>
    public WebhookException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
