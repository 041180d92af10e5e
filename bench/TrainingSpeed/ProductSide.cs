using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;
using Lifecycle.Training;
using Lifecycle.Training.Trainers;

namespace Lifecycle.TrainingSpeed;

/// <summary>Trains as the product does, by any of its trainers.</summary>
internal static class ProductSide
{
    public static Measurement Measure(Table table, TrainerDefinition trainer)
    {
        double[] labels = new double[table.RowCount];

        // Labels are made with their features, before the product looks at either.
        foreach (var _ in table.Batches(labels))
        {
        }

        Told told = new();
        TrainingRows rows = new(table.FeatureCount, table.Batches(new double[table.RowCount]), ImmutableCollectionsMarshal.AsImmutableArray(labels));
        TrainedModel trained = new ModelTraining(KnownTrainers.All, TimeProvider.System)
            .Train(new TrainingOrder(new Target.Regression(), trainer, rows), told);
        return new Measurement(Stopwatch.GetElapsedTime(told.FittingFrom), Environment.CpuUsage.TotalTime - told.ProcessorFrom, trained.NativeModel);
    }

    private sealed class Told : IProgress<TrainingProgress>
    {
        public long FittingFrom { get; private set; }

        public TimeSpan ProcessorFrom { get; private set; }

        public void Report(TrainingProgress value)
        {
            if (value.Phase == TrainingPhase.Fitting && FittingFrom == 0)
            {
                (FittingFrom, ProcessorFrom) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            }
        }
    }
}
