using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Schedules;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Sensors;
using Lifecycle.Domain.Training;

namespace Lifecycle.Domain.Models;

/// <summary>
/// What a team writes down about a model, <c>models/&lt;name&gt;/model.yaml</c>: everything a RetrainingRun needs, and no code.
/// </summary>
public sealed record ModelDefinition
{
    /// <summary>Name of the model: lower-case letters, digits and hyphens; equals the folder's name.</summary>
    public required string Name { get; init; }

    /// <summary>Team or person that answers for the model.</summary>
    public required string Owner { get; init; }

    /// <summary>What the model predicts and for whom, in a sentence or two.</summary>
    public required string Description { get; init; }

    /// <summary>Short form: the learning task of a definition without a target.</summary>
    public ModelTask Task { get; init; } = ModelTask.Binary;

    /// <summary>What the model predicts; null is the short form, 0 or 1 in the column <c>features.label</c>.</summary>
    public Target? Target { get; init; }

    /// <summary>Where rows come from.</summary>
    public required DataSourceDefinition Source { get; init; }

    /// <summary>The DataSnapshots that can be taken, oldest first: a list, or one for each period of time.</summary>
    [JsonPropertyName("snapshots")]
    public SnapshotPlan Plan { get; init; } = SnapshotPlan.Empty;

    /// <summary>The DataSnapshots of the plan, oldest first.</summary>
    [JsonIgnore]
    public ImmutableArray<SnapshotDefinition> Snapshots => Plan.All;

    /// <summary>What the rows must look like.</summary>
    public required DataContract Contract { get; init; }

    /// <summary>Features, one definition for training and serving.</summary>
    public required FeatureView Features { get; init; }

    /// <summary>How the Holdout is set apart.</summary>
    public SplitDefinition Split { get; init; } = new();

    /// <summary>How the Challenger is trained.</summary>
    public TrainerDefinition Trainer { get; init; } = new TrainerDefinition.LightGbm();

    /// <summary>The interval that the model gives beside each number; null gives none.</summary>
    public IntervalDefinition? Intervals { get; init; }

    /// <summary>The trivial model that the Challenger must beat.</summary>
    public ReferenceModelDefinition Reference { get; init; } = new();

    /// <summary>Named parts of the Holdout that are reported on their own: name to a boolean SQL expression over snapshot columns.</summary>
    public ImmutableSortedDictionary<string, string> Slices { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What the Challenger must show to be blessed.</summary>
    public GatePolicy Gate { get; init; } = new();

    /// <summary>Who must approve.</summary>
    public ApprovalPolicy Approval { get; init; } = new();

    /// <summary>Name of the ReleaseChannel that a Publication is promoted on.</summary>
    public string Channel { get; init; } = "production";

    /// <summary>What starts by the clock.</summary>
    public ImmutableArray<ScheduleDefinition> Schedules { get; init; } = [];

    /// <summary>What tells that new data arrived.</summary>
    public ImmutableArray<SensorDefinition> Sensors { get; init; } = [];

    /// <summary>How the live model's traffic is watched.</summary>
    public WatchDefinition Watch { get; init; } = new();

    /// <summary>What the model predicts, whichever form the definition has.</summary>
    [JsonIgnore]
    public Target Predicts => Target ?? new Target.Binary { Label = Features.Label };
}

/// <summary>The learning task of a model.</summary>
public enum ModelTask
{
    /// <summary>Two classes; the label is 0 or 1, the prediction the probability of 1.</summary>
    Binary,
}
