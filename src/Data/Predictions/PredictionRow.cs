using System.Collections.Immutable;

namespace Lifecycle.Data.Predictions;

/// <summary>One answer of a model, as the prediction log keeps it. Format: docs/formats/prediction-log.md.</summary>
public sealed record PredictionRow
{
    /// <summary>When the event happened that the model was asked about.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>When the row reached the log: never changed, so that a window can be read as it was known at any moment.</summary>
    public required DateTimeOffset KnownTime { get; init; }

    /// <summary>Identity of the request. Rows with the same one are one row; the one known first counts.</summary>
    public required string RequestId { get; init; }

    /// <summary>SHA-256 of the <c>model.onnx</c> that answered; null for traffic whose model is not known.</summary>
    public string? ModelDigest { get; init; }

    /// <summary>Version of the ReleaseChannel at that moment; null when there was none.</summary>
    public long? ChannelVersion { get; init; }

    /// <summary>What was asked, before the inputs' rules: the one text, or the row of inputs as <see cref="Inputs.RowText"/> writes it.</summary>
    public required string Input { get; init; }

    /// <summary>The feature vector that the graph computed; empty where it was not sampled.</summary>
    public ImmutableArray<float> Features { get; init; } = [];

    /// <summary>Probability of the positive class, that of the likeliest class, or the value; null when the input was refused.</summary>
    public float? Prediction { get; init; }

    /// <summary>Probabilities of the classes, in the target's order; empty where the answer is one number, and when the input was refused.</summary>
    public ImmutableArray<float> Answers { get; init; } = [];

    /// <summary>Why the input was refused; null when it was scored.</summary>
    public string? Refusal { get; init; }

    /// <summary>Time that the answer took, in microseconds; null where it was not measured.</summary>
    public float? LatencyMicroseconds { get; init; }
}
