using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Training;

namespace Lifecycle.Domain.ColdStarts;

/// <summary>A ReferenceModel as the graph that ships, with what could be measured of it without a label.</summary>
public sealed record CompiledReference
{
    /// <summary>What it does, in words.</summary>
    public required string Description { get; init; }

    /// <summary>The graph, and how closely it says what the reference says.</summary>
    public required OnnxModel Model { get; init; }

    /// <summary>What it answers, a JSON document: the lookup and the rules.</summary>
    public required ArtifactRef Answers { get; init; }

    /// <summary>Rows of the lookup as they were taken, with their sources; null without a lookup.</summary>
    public DataSnapshot? Lookup { get; init; }

    /// <summary>The DataSnapshot on whose TrainingSet its groups were fitted; null where it was started without data.</summary>
    public DataSnapshot? Snapshot { get; init; }

    /// <summary>The measurements, without any against labels.</summary>
    public required EvaluationReport Evaluation { get; init; }
}
