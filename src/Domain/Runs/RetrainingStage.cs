namespace Lifecycle.Domain.Runs;

/// <summary>The stages of a RetrainingRun, in their order.</summary>
public enum RetrainingStage
{
    /// <summary>Takes the DataSnapshot.</summary>
    Snapshot,

    /// <summary>Holds the DataSnapshot against the data contract.</summary>
    Validation,

    /// <summary>Splits TrainingSet and Holdout and fits the featurizer.</summary>
    Features,

    /// <summary>Trains the Challenger and stores the DriftBaseline.</summary>
    Training,

    /// <summary>Writes the one ONNX graph and proves its parity.</summary>
    Export,

    /// <summary>Measures Challenger, Champion and ReferenceModel on the Holdout.</summary>
    Evaluation,

    /// <summary>The gate's verdict.</summary>
    Blessing,

    /// <summary>Waits for the release engineers' signed decisions.</summary>
    Approval,

    /// <summary>Signs and uploads the release.</summary>
    Publication,

    /// <summary>Moves the ReleaseChannel.</summary>
    Promotion,
}
