using System.Collections.Immutable;
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

    /// <summary>The raw event.</summary>
    public required string Input { get; init; }

    /// <summary>SHA-256 of the model that answered.</summary>
    public string? ModelDigest { get; init; }

    /// <summary>Version of the ReleaseChannel.</summary>
    public long? ChannelVersion { get; init; }

    /// <summary>The feature vector; empty when it was not sampled.</summary>
    public ImmutableArray<float> Features { get; init; } = [];

    /// <summary>Probability of label 1; null when the input was refused.</summary>
    public float? Probability { get; init; }

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
        Probability = answer.Probability,
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
        Prediction = Probability,
        Refusal = Refusal,
        LatencyMicroseconds = LatencyMicroseconds,
    };
}
