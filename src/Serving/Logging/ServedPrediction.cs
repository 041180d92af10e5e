using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Lifecycle.Data.Predictions;
using Lifecycle.Domain.Releases;
using Lifecycle.Serving.Models;

namespace Lifecycle.Serving.Logging;

/// <summary>One answer as the serving path hands it to the log; the log adds when it became known.</summary>
public sealed record ServedPrediction
{
    /// <summary>Identity of the request; a request that is logged again under the same id is still one row.</summary>
    public required string RequestId { get; init; }

    /// <summary>When the event happened.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What was asked: the one text, or the row of inputs as <see cref="Data.Inputs.RowText"/> writes it.</summary>
    public required string Input { get; init; }

    /// <summary>SHA-256 of the model that answered.</summary>
    public string? ModelDigest { get; init; }

    /// <summary>Version of the ReleaseChannel.</summary>
    public long? ChannelVersion { get; init; }

    /// <summary>The feature vector; empty when it was not sampled.</summary>
    public ImmutableArray<float> Features { get; init; } = [];

    /// <summary>Probability of the positive class, that of the likeliest class, or the value; null when the input was refused.</summary>
    [JsonPropertyName("probability")]
    public float? Prediction { get; init; }

    /// <summary>Probabilities of the classes, in the target's order; empty where the answer is one number.</summary>
    public ImmutableArray<float> Answers { get; init; } = [];

    /// <summary>Why the input was refused; null when it was scored.</summary>
    public string? Refusal { get; init; }

    /// <summary>Time that the answer took, in microseconds; null where it was not measured.</summary>
    public float? LatencyMicroseconds { get; init; }

    /// <summary>The answer of a live model.</summary>
    public static ServedPrediction Of(string requestId, DateTimeOffset time, AnsweredRow answer, ChannelEntry entry) => new()
    {
        RequestId = requestId,
        Time = time,
        Input = answer.Input,
        ModelDigest = entry.Publication.ModelDigest,
        ChannelVersion = entry.Version,
        Prediction = answer.Prediction?.Leading,
        Answers = answer.Prediction?.ByClass ?? [],
        Refusal = answer.Refusal,
    };

    /// <summary>The row of the log.</summary>
    public PredictionRow KnownAt(DateTimeOffset knownTime) => new()
    {
        Time = Time,
        KnownTime = knownTime,
        RequestId = RequestId,
        ModelDigest = ModelDigest,
        ChannelVersion = ChannelVersion,
        Input = Input,
        Features = Features,
        Prediction = Prediction,
        Answers = Answers,
        Refusal = Refusal,
        LatencyMicroseconds = LatencyMicroseconds,
    };
}
