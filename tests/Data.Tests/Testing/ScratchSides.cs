using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Data.Features;
using Lifecycle.Data.Rows;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Tests.Testing;

/// <summary>Splits generated rows in a folder of their own.</summary>
internal sealed class ScratchSides : IDisposable
{
    private readonly ScratchParquet parquet = new();
    private int splits;

    public Sides Split(ModelDefinition definition, string query, int threads = 2, bool shuffleLabels = false)
    {
        string snapshot = parquet.Write(query);
        string written = Path.Combine(Path.GetDirectoryName(snapshot)!, (++splits).ToString(CultureInfo.InvariantCulture));
        Sides sides = new($"{written}-training.parquet", $"{written}-holdout.parquet", definition.Features.Schema);
        return sides with { Split = HoldoutSplit.Split(snapshot, definition, sides.TrainingPath, sides.HoldoutPath, new DataLimits { Threads = threads }, TestContext.Current.CancellationToken, shuffleLabels) };
    }

    public void Dispose() => parquet.Dispose();
}

/// <summary>Both sides of a split.</summary>
internal sealed record Sides(string TrainingPath, string HoldoutPath, InputSchema Schema)
{
    public SplitRows Split { get; init; } = null!;

    public RowSet Training => RowSets.Read(TrainingPath, Schema, RowParts.All, new DataLimits());

    public RowSet Holdout => RowSets.Read(HoldoutPath, Schema, RowParts.All, new DataLimits());

    public ImmutableArray<long> TrainingTimes => TimesOf(TrainingPath);

    public ImmutableArray<long> HoldoutTimes => TimesOf(HoldoutPath);

    public TrainingParts Parts => RowSets.ReadTraining(TrainingPath, Schema, RowParts.All, new DataLimits());

    // In microseconds since 1970; none where the split is by folds.
    private static ImmutableArray<long> TimesOf(string path)
    {
        using SideFile file = new(path, new DataLimits());
        if (!file.Columns.Contains(SplitColumns.Time))
        {
            return [];
        }

        PlainColumn<long> times = new($"epoch_us({SplitColumns.Time})", file.Rows, (row, column) => row.GetInt64(column));
        file.Fill([times]);
        return times.Values;
    }
}
