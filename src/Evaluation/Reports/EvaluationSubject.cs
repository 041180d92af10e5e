using Lifecycle.Domain.Evaluation;

namespace Lifecycle.Evaluation.Reports;

/// <summary>What an evaluation page is about, in names.</summary>
public sealed record EvaluationSubject
{
    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Identifier of the DataSnapshot that the Challenger was trained on and the Holdout comes from.</summary>
    public required string Snapshot { get; init; }

    /// <summary>What the Champion is called, such as its Publication's version; null shows its digest alone.</summary>
    public string? Champion { get; init; }

    /// <summary>Slice that decides, shown first.</summary>
    public string PrimarySlice { get; init; } = ModelMetrics.WholeHoldout;
}
