using Lifecycle.Data.Drift;
using Lifecycle.Data.Features;
using Lifecycle.Data.Tests.Testing;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Tests.Drift;

public sealed class TypedBaselineTests : IDisposable
{
    private readonly ScratchParquet parquet = new();

    public void Dispose() => parquet.Dispose();

    [Fact]
    public void Compute_TypedColumns_HasFiguresByTheirType()
    {
        BaselineDocument document = Compute(StrikeTable.Damage);

        Assert.Equal(
            [
                ("class", FigureKind.Categorical), ("speed", FigureKind.Numeric), ("birds", FigureKind.Numeric), ("warned", FigureKind.Categorical), ("species", FigureKind.Categorical),
                ("length of note", FigureKind.Categorical), ("length of host", FigureKind.Categorical), ("last label of host", FigureKind.Categorical),
                ("hour of happened", FigureKind.Numeric), ("weekday of happened", FigureKind.Categorical),
            ],
            document.Distributions.Select(one => (one.Name, one.Kind)));
        Assert.All(document.Distributions, one => Assert.Equal(document.RowCount, one.RowCount));
        Assert.Equal(document.RowCount / 5.0, document.Distributions[1].NullCount, document.RowCount / 20.0);
    }

    [Fact]
    public void Compute_AmountsWithZeros_AreZeroInflated()
    {
        BaselineDocument document = Compute(StrikeTable.Cost, "* REPLACE (cost * 100 + cost * (id[5:7]::INTEGER) AS cost)");

        FigureDistribution label = document.Distributions[0];
        Assert.Equal(("label", FigureKind.ZeroInflated), (label.Name, label.Kind));
        Assert.True(label.ZeroCount > document.RowCount / 2);
        Assert.Contains(DriftFigures.Of(document, isLabelled: true), figure => figure.Name == "label");
        Assert.DoesNotContain(DriftFigures.Of(document, isLabelled: false), figure => figure.Name == "label");
    }

    [Fact]
    public void Compute_SeveralClasses_CallsThemByTheirNames()
    {
        FigureDistribution classes = Compute(StrikeTable.Damage).Distributions[0];

        Assert.Equal(["Minor", "None", "Severe"], classes.Levels!.Value.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(DriftFigures.Of(Compute(StrikeTable.Damage), isLabelled: false), figure => figure.Name == "class");
    }

    private BaselineDocument Compute(Target target, string rows = "*")
    {
        string snapshot = parquet.Write($"SELECT {rows} FROM ({StrikeTable.Rows})");
        string folder = Path.GetDirectoryName(snapshot)!;
        ModelDefinition definition = StrikeTable.Definition(target);
        HoldoutSplit.Split(snapshot, definition, Path.Combine(folder, "training.parquet"), Path.Combine(folder, "holdout.parquet"), new DataLimits(), TestContext.Current.CancellationToken);
        string json = Path.Combine(folder, "baseline.json");
        DriftBaselines.Compute(Path.Combine(folder, "training.parquet"), definition.Features.Schema, target, json, new DataLimits(), TestContext.Current.CancellationToken);
        return BaselineDocument.Read(File.ReadAllBytes(json));
    }
}
