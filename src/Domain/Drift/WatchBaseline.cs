using Lifecycle.Domain.Data;
using Lifecycle.Domain.Training;

namespace Lifecycle.Domain.Drift;

/// <summary>
/// What a live model's traffic is compared with: the file <c>baseline.json</c> of its Publication, so that it is signed with
/// the model and cannot be lost or swapped. Format: docs/formats/watch-baseline.md.
/// </summary>
/// <param name="Format">Name and version of the format; a reader refuses others.</param>
/// <param name="DriftBaseline">Distributions of the TrainingSet.</param>
/// <param name="TrainingSet">The rows behind them, for tests that need samples.</param>
/// <param name="Holdout">Rows that the model never saw, for its predictions and its loss.</param>
public sealed record WatchBaseline(string Format, DriftBaseline DriftBaseline, TrainingSet TrainingSet, Holdout Holdout)
{
    /// <summary>The format of this version.</summary>
    public const string CurrentFormat = "lifecycle-watch-baseline/1";

    /// <summary>Identity of the baseline: SHA-256 of its distributions.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Id => DriftBaseline.Distributions.Sha256;
}
