using System.Text.Json.Serialization;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Training;
using Temporalio.Activities;

namespace Lifecycle.Workflows.Contracts;

/// <summary>Stage 6, Evaluation, and the page that shows it beside the Blessing.</summary>
public interface IEvaluationActivity
{
    /// <summary>Measures Challenger, Champion and ReferenceModel on the same rows of the Holdout, on the ONNX files.</summary>
    [Activity]
    Task<EvaluationReport> EvaluateModelAsync(EvaluationInput input);

    /// <summary>Draws the report with its verdict as a self-contained HTML page.</summary>
    [Activity]
    Task<ArtifactRef> DrawReportAsync(ReportInput input);
}

/// <summary>Input of stage Evaluation.</summary>
public sealed record EvaluationInput(RunDefinition Definition, FeatureSet Features, OnnxModel Model)
{
    /// <summary>The live version of the ReleaseChannel; null when it is empty.</summary>
    public ChannelEntry? Champion { get; init; }

    /// <summary>In a backtest, the model.onnx that stands for the Champion; null for every other evaluation.</summary>
    public ArtifactRef? Rehearsed { get; init; }

    /// <summary>
    /// The run that asks, which makes it a use of the Holdout; null in a backtest, whose answers choose nothing that ships, and in requests
    /// from before uses were counted.
    /// </summary>
    public string? Run { get; init; }

    /// <summary>Figures of a random split of the same rows, to stand beside those of the evaluation; null where nobody asked for them.</summary>
    public RandomSplit? RandomSplit { get; init; }

    /// <summary>Whether the model was trained on shuffled labels, and so is held against a constant; false, and left out of JSON, for every other one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool HasShuffledLabels { get; init; }
}

/// <summary>Input of the report page.</summary>
public sealed record ReportInput(RunDefinition Definition, DataSnapshot Snapshot, EvaluationReport Evaluation, Blessing Blessing);
