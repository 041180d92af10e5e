using System.Collections.Immutable;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.Training;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Models.Tests.Training;

/// <summary>Invented tables of numbers from a seeded generator, not real data: the label follows some columns, with noise.</summary>
internal static class Tables
{
    public const int FeatureCount = 6;

    public static readonly Target Number = new Target.Regression();
    public static readonly Target Binary = new Target.Binary();
    public static readonly Target Classes = new Target.Multiclass { Classes = ["low", "middle", "high"] };

    private static readonly float[] Awkward =
    [
        0, -0f, float.NaN, float.Epsilon, -float.Epsilon, 1e-36f, -1e-36f, 1e-34f, float.MaxValue, float.MinValue, 1e30f, -1e30f, 1, MathF.BitDecrement(1),
    ];

    /// <summary>A target that a trainer with that objective learns.</summary>
    public static Target TargetOf(TrainingObjective objective) => objective switch
    {
        TrainingObjective.Binary => Binary,
        TrainingObjective.Multiclass => Classes,
        _ => Number,
    };

    /// <summary>Vectors; with holes, one entry in six is missing or an awkward number.</summary>
    public static float[][] Features(int rows, int seed, bool holes)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, FeatureCount).Select(column => Next(random, column, holes)).ToArray())];
    }

    /// <summary>A number that follows the first three columns, near zero on average.</summary>
    public static double Signal(float[] row, int index, int seed) =>
        (Tame(row[0]) * 2) + (Tame(row[1]) > 0.2 ? 1 : -0.5) - (float.IsNaN(row[2]) ? 1.5 : Tame(row[2]) / 4) + (new Random((seed * 7919) + index).NextDouble() - 0.5);

    public static IEnumerable<FeatureBatch> Batches(float[][] rows, int size = 256) =>
        rows.Chunk(size).Select(chunk => FeatureBatch.FromDense((float[])[.. chunk.SelectMany(row => row)], rows[0].Length));

    public static TrainingRows Rows(float[][] rows, IEnumerable<double> labels, IEnumerable<double>? weights = null) =>
        new(rows[0].Length, Batches(rows), [.. labels]) { Weights = [.. weights ?? []] };

    public static TrainedModel Train(Target target, TrainerDefinition trainer, TrainingRows rows, TrainingRows? validation = null, ImmutableArray<string> names = default) =>
        new ModelTraining(KnownTrainers.All, TimeProvider.System).Train(
            new TrainingOrder(target, trainer, rows) { Validation = validation, FeatureNames = names.IsDefault ? [] : names }, progress: null, TestContext.Current.CancellationToken);

    // Columns differ: some numbers, some small counts with many zeros.
    private static float Next(Random random, int column, bool holes) => holes && random.Next(6) == 0
        ? Awkward[random.Next(Awkward.Length)]
        : column % 3 == 2 ? random.Next(5) : (float)(random.NextDouble() - 0.5);

    private static double Tame(float value) => float.IsNaN(value) ? 0 : Math.Clamp(value, -3, 3);
}
