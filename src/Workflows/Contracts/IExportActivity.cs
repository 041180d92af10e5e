using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Training;
using Temporalio.Activities;

namespace Lifecycle.Workflows.Contracts;

/// <summary>Stage 5, Export.</summary>
public interface IExportActivity
{
    /// <summary>
    /// Writes the one ONNX graph and compares it with the trained model over every row of the Holdout. Fails with
    /// <see cref="FailureTypes.ParityBroken"/>.
    /// </summary>
    [Activity]
    Task<OnnxModel> ExportModelAsync(ExportInput input);
}

/// <summary>Input of stage Export.</summary>
public sealed record ExportInput(RunDefinition Definition, DataSnapshot Snapshot, FeatureSet Features, Challenger Challenger);
