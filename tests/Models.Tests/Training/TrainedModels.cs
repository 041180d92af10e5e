using System.Collections.Immutable;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;
using Lifecycle.Models.Tests.OnnxModels;
using Lifecycle.OnnxModels.Export;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.OnnxModels.Fragments;
using Lifecycle.Training;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Models.Tests.Training;

/// <summary>A small model trained once on invented hosts, for the tests that need one.</summary>
internal static class TrainedModels
{
    public static TrainerDefinition.LightGbm Definition { get; } = new() { Trees = 40 };

    public static Target Target { get; } = new Target.Binary();

    public static (string Input, bool Label)[] Rows { get; } = SyntheticHosts.Generate(4000, seed: 11);

    public static FittedFeaturizer Featurizer { get; } = FeatureViews.Fit(Rows, FeatureViews.Hosts);

    public static (string Input, bool Label)[] Holdout { get; } = SyntheticHosts.Generate(3000, seed: 12);

    public static TrainedModel Model { get; } = Train(Definition);

    public static TreeEnsemble Ensemble => (TreeEnsemble)Model.Fragment;

    public static TrainedModel Train(
        TrainerDefinition.LightGbm definition, ImmutableArray<double> weights = default, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default) =>
        Train(Featurizer, definition, weights, progress, cancellation);

    public static TrainedModel Train(
        FittedFeaturizer featurizer, TrainerDefinition.LightGbm definition, ImmutableArray<double> weights = default, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        using FeatureReader reader = new(featurizer.Onnx);
        RowSet rows = FeatureViews.RowsOf(Rows, reader.Schema) with { Weights = weights.IsDefault ? [] : weights };
        return new ModelTraining(KnownTrainers.All, TimeProvider.System).Train(new TrainingOrder(Target, definition, TrainingRows.Of(reader, rows)), progress, cancellation);
    }

    public static byte[] Export(ModelFragment fragment, FittedFeaturizer? featurizer = null) =>
        ModelGraph.Compose((featurizer ?? Featurizer).Onnx, fragment, Target, ImmutableSortedDictionary<string, string>.Empty);

    /// <summary>What the native model says of the Holdout.</summary>
    public static ImmutableArray<float> PredictHoldout(TrainedModel model, FittedFeaturizer? featurizer = null)
    {
        using FeatureReader reader = new((featurizer ?? Featurizer).Onnx);
        using INativeModel native = KnownTrainers.All.For(model.Trainer).Load(model.NativeModel);
        return native.Predict(reader.Read(FeatureViews.RowsOf(Holdout, reader.Schema))).Values;
    }
}
