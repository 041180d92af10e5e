using System.Text.Json.Serialization;
using Lifecycle.Domain.Runs;

namespace Lifecycle.Domain.Backtests;

/// <summary>
/// Input of a backtest: what the stages up to the gate would have said of a model, snapshot by snapshot, each blessed Challenger being the
/// Champion of those after it. Nobody approves, nothing is published, and no register remembers it.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record BacktestRequest
{
    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>The first DataSnapshot; null takes the oldest of the model definition, or, with shuffled labels, the last one alone.</summary>
    public string? From { get; init; }

    /// <summary>The last DataSnapshot; null takes the newest.</summary>
    public string? To { get; init; }

    /// <summary>
    /// Whether models are trained on shuffled labels, to see that they learn nothing from them; each is held against a constant, and none is
    /// judged by the gate. False, and left out of JSON, for a backtest.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ShuffleLabels { get; init; }

    /// <summary>How long a stage's worker may stay silent before the stage is given to another; 30 seconds unless told.</summary>
    public TimeSpan HeartbeatTimeout { get; init; } = RetrainingRequest.DefaultHeartbeatTimeout;

    /// <summary>How far an earlier execution of this backtest came; null at its beginning. Set by the workflow alone.</summary>
    public BacktestState? Progress { get; init; }
}
