using ConsoleHost.Output;
using Webhooks.Sdk.Deliveries;

namespace ConsoleHost.Tour;

/// <summary>The delivery log, as a customer would see it.</summary>
internal static class AttemptLines
{
    public static void Print(IEnumerable<DeliveryAttemptRecord> log)
    {
        foreach (var attempt in log)
        {
            var status = Answer(attempt.Result);
            var next = attempt.RetryDelay is { } delay ? $"next in {Durations.Text(delay)}" : $"{attempt.Outcome}";
            Console.WriteLine($"  attempt {attempt.Number}  {status}  {Durations.Text(attempt.Result.Duration),-8}  {Paint.Faint(next)}");
        }
    }

    private static string Answer(AttemptResult result) =>
        result.IsSuccess ? Paint.Good($"{result.StatusCode}")
        : result.Error == AttemptError.None ? Paint.Bad($"{result.StatusCode}")
        : Paint.Bad($"{result.Error}: {Plain.Text(result.ErrorMessage)}");
}
