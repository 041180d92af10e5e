using Lifecycle.Domain.Training;
using Lifecycle.Models.Tests.OnnxModels;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.Training.LightGbm;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Models.Tests.Training;

/// <summary>A small model trained once on invented hosts, for the tests that need one.</summary>
internal static class TrainedModels
{
    public static TrainerDefinition.LightGbm Definition { get; } = new() { Trees = 40 };

    public static FittedFeaturizer Featurizer { get; } = FeatureViews.Fit(SyntheticHosts.Generate(4000, seed: 11), FeatureViews.Hosts);

    public static TrainingRow[] Rows { get; } = [.. SyntheticHosts.Generate(4000, seed: 11).Select(row => new TrainingRow(row.Input, row.Label))];

    public static (string Input, bool Label)[] Holdout { get; } = SyntheticHosts.Generate(3000, seed: 12);

    public static TrainedModel Model { get; } = Train(Definition);

    public static TrainedModel Train(TrainerDefinition.LightGbm definition, TrainingRow[]? rows = null) =>
        new LightGbmTrainer(TimeProvider.System).Train(Featurizer.Onnx, rows ?? Rows, definition);
}
