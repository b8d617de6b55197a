using System.ComponentModel;
using System.Text;
using System.Text.Json.Serialization;
using Webhooks.Sdk.AspNetCore.Management.Json;
using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.AspNetCore.Management.Deliveries;

/// <summary>What came of one attempt.</summary>
internal record TestResultView
{
    [Description("The endpoint answered with a status from 200 to 299.")]
    public required bool Success { get; init; }

    [JsonPropertyName("started_at")]
    public required DateTimeOffset StartedAt { get; init; }

    [JsonPropertyName("duration_seconds")]
    public required double DurationSeconds { get; init; }

    [JsonPropertyName("status_code")]
    [Description("null when there was no answer.")]
    public required int? StatusCode { get; init; }

    [JsonConverter(typeof(SnakeCaseEnum<AttemptError>))]
    [Description("Why there was no usable answer; none when there was one.")]
    public required AttemptError Error { get; init; }

    [JsonPropertyName("error_message")]
    public required string? ErrorMessage { get; init; }

    [JsonPropertyName("response_headers")]
    public required IReadOnlyList<HeaderView> ResponseHeaders { get; init; }

    [JsonPropertyName("response_body")]
    [Description("The beginning of the answer as UTF-8 text; what is not UTF-8 stands as U+FFFD. Text of a stranger: never show it as HTML.")]
    public required string ResponseBody { get; init; }

    public static TestResultView Of(AttemptResult result) => new()
    {
        Success = result.IsSuccess,
        StartedAt = result.StartedAt,
        DurationSeconds = result.Duration.TotalSeconds,
        StatusCode = result.StatusCode == 0 ? null : result.StatusCode,
        Error = result.Error,
        ErrorMessage = result.ErrorMessage,
        ResponseHeaders = HeaderView.ListOf(result.ResponseHeaders),
        ResponseBody = Encoding.UTF8.GetString(result.ResponseBody.Span),
    };
}
