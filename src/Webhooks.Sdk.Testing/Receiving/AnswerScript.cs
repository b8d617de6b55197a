namespace Webhooks.Sdk.Testing.Receiving;

/// <summary>The answers of one path, in order; the last one goes on for ever.</summary>
public sealed class AnswerScript
{
    private readonly Lock _gate = new();
    private readonly List<Func<ReceivedRequest, WebhookAnswer>> _answers = [];
    private int _next;

    internal AnswerScript()
    {
    }

    /// <summary>Starts the script anew with this answer.</summary>
    public AnswerScript Answer(WebhookAnswer answer, int times = 1) => Answer(_ => answer, times);

    /// <summary>Starts the script anew with a function of the request; <see cref="ReceivedRequest.Number"/> counts from 1.</summary>
    public AnswerScript Answer(Func<ReceivedRequest, WebhookAnswer> answer, int times = 1)
    {
        lock (_gate)
        {
            _answers.Clear();
            _next = 0;
        }

        return Then(answer, times);
    }

    /// <summary>Adds an answer for the request after those that are answered already.</summary>
    public AnswerScript Then(WebhookAnswer answer, int times = 1) => Then(_ => answer, times);

    /// <summary>Adds a function of the request.</summary>
    public AnswerScript Then(Func<ReceivedRequest, WebhookAnswer> answer, int times = 1)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        lock (_gate)
        {
            _answers.AddRange(Enumerable.Repeat(answer, times));
        }

        return this;
    }

    internal WebhookAnswer For(ReceivedRequest request)
    {
        Func<ReceivedRequest, WebhookAnswer> answer;
        lock (_gate)
        {
            if (_answers.Count == 0)
            {
                return WebhookAnswer.Ok;
            }

            answer = _answers[_next];
            _next = Math.Min(_next + 1, _answers.Count - 1);
        }

        return answer(request);
    }
}
