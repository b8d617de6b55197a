using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Webhooks.Sdk.Testing.Receiving;

/// <summary>Sends an answer as its script wants it: late, in parts, not at all.</summary>
internal sealed class AnswerWriter(HeldRequests held)
{
    public async Task WriteAsync(HttpContext context, WebhookAnswer answer, IFlight? flight)
    {
        if (answer.Delay != TimeSpan.Zero && !await held.HoldAsync(answer.Delay, flight, context.RequestAborted))
        {
            context.Abort();
        }
        else if (answer.IsReset)
        {
            Reset(context);
        }
        else
        {
            WriteHead(context.Response, answer);
            await WriteBodyAsync(context, answer, flight);
        }
    }

    private static void WriteHead(HttpResponse response, WebhookAnswer answer)
    {
        response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers.Append(name, value);
        }

        if (answer.Body.Length > 0)
        {
            response.ContentLength ??= answer.Body.Length;
        }
    }

    // With fewer bytes than its length said, the server ends the connection: in order, because a reset would overtake the bytes before it.
    private async Task WriteBodyAsync(HttpContext context, WebhookAnswer answer, IFlight? flight)
    {
        var end = Math.Min(answer.CutAfter ?? int.MaxValue, answer.Body.Length);
        var step = answer.DripBytes > 0 ? answer.DripBytes : end;
        for (var at = 0; at < end; at += step)
        {
            if (at > 0 && !await held.HoldAsync(answer.DripInterval, flight, context.RequestAborted))
            {
                context.Abort();
                return;
            }

            var part = answer.Body[at..Math.Min(at + step, end)];
            flight?.Sent(part.Length);
            await context.Response.Body.WriteAsync(part, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    // Without lingering a close is a TCP RST instead of an orderly end.
    private static void Reset(HttpContext context)
    {
        if (context.Features.Get<IConnectionSocketFeature>() is { Socket: var socket })
        {
            socket.LingerState = new LingerOption(true, 0);
        }

        context.Abort();
    }
}
