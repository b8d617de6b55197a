using System.Globalization;
using ConsoleHost.Output;
using Microsoft.AspNetCore.WebUtilities;
using Webhooks.Sdk.Deliveries;

namespace ConsoleHost.Send;

/// <summary>One attempt as one line: when, which, what came back, how long it took, and what follows.</summary>
internal static class AttemptLine
{
    public static string Of(DeliveryRecord record, int attempts)
    {
        var result = record.Result!;
        var ended = result.StartedAt + result.Duration;
        var attempt = $"{record.Delivery.Attempts + 1}/{attempts}";
        return $"{Paint.Faint(Time(result.StartedAt))}  {record.Delivery.Event.Id}  {attempt,5}  {Answer(result)}  {Durations.Text(result.Duration)}  {Next(record.Transition, ended)}";
    }

    private static string Answer(AttemptResult result)
    {
        var text = result.Error == AttemptError.None
            ? string.Create(CultureInfo.InvariantCulture, $"{result.StatusCode} {ReasonPhrases.GetReasonPhrase(result.StatusCode)}").TrimEnd()
            : $"{result.Error}: {Plain.Text(result.ErrorMessage)}";
        return result.IsSuccess ? Paint.Good(text) : Paint.Bad(text);
    }

    private static string Next(DeliveryTransition transition, DateTimeOffset ended) => transition switch
    {
        DeliveryTransition.Delivered => "delivered",
        DeliveryTransition.Retry retry => $"next in {Durations.Text(retry.Delay)} at {Time(ended + retry.Delay)}",
        DeliveryTransition.Failed failed => $"given up: {failed.Reason}",
        _ => "not charged",
    };

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
