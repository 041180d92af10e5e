using System.Collections.Immutable;
using Lifecycle.Data.Drift;
using Lifecycle.Data.Features;
using Lifecycle.Data.Rows;
using Lifecycle.Data.Tests.Testing;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Tests.Drift;

/// <summary>A window of a table as the live model reads it, against the TrainingSet that its figures were counted over.</summary>
public sealed class AnsweredRowsTests : IDisposable
{
    private readonly ScratchParquet parquet = new();
    private readonly string training;
    private readonly RowSet holdout;
    private readonly ImmutableArray<FigureDefinition> figures;
    private readonly string folder;

    public AnsweredRowsTests()
    {
        string snapshot = parquet.Write($"SELECT * REPLACE ('k' || lpad(copy.i::VARCHAR, 2, '0') || id AS id) FROM ({StrikeTable.Rows}), range(10) AS copy (i)");
        folder = Path.GetDirectoryName(snapshot)!;
        training = Path.Combine(folder, "training.parquet");
        ModelDefinition definition = StrikeTable.Definition(StrikeTable.Damage);
        HoldoutSplit.Split(snapshot, definition, training, Path.Combine(folder, "split.parquet"), new DataLimits(), TestContext.Current.CancellationToken);
        holdout = RowSets.Read(Path.Combine(folder, "split.parquet"), definition.Features.Schema, RowParts.None, new DataLimits());
        string json = Path.Combine(folder, "baseline.json");
        DriftBaselines.Compute(training, definition.Features.Schema, StrikeTable.Damage, json, new DataLimits(), TestContext.Current.CancellationToken);
        figures = DriftFigures.Of(BaselineDocument.Read(File.ReadAllBytes(json)), isLabelled: true);
    }

    public void Dispose() => parquet.Dispose();

    [Fact]
    public void Compare_RowsOfTheSameTable_FindsNoDriftInAnyColumn()
    {
        WindowDrift drift = Compare(Side(holdout.Inputs));

        Assert.Equal(DriftLevel.None, drift.Level);
        Assert.Equal(figures.Length, drift.FigureCount);
    }

    [Theory]
    [InlineData("speed")]
    [InlineData("birds")]
    [InlineData("warned")]
    [InlineData("species")]
    [InlineData("last label of host")]
    [InlineData("hour of happened")]
    public void Compare_OneColumnThatDrifted_NamesItAndNoOther(string figure)
    {
        FigureDrift[] moved = [.. Compare(Side(Moved(figure))).Figures.Where(found => found.Level >= DriftLevel.Warn)];

        Assert.Equal(figure == "last label of host" ? ["last label of host", "length of host"] : [figure], moved.Select(found => found.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Compare_SeveralClasses_HoldsTheLikeliestAndItsProbabilityAgainstTheHoldouts()
    {
        string before = Write(Side(holdout.Inputs), "before.parquet");
        AnsweredRows other = Side(holdout.Inputs) with { Answers = new Answers(3, [.. Enumerable.Repeat(new[] { 0.1f, 0.2f, 0.7f }, holdout.Count).SelectMany(answer => answer)]) };

        WindowDrift drift = WindowComparison.Compare(
            before, Write(other, "now.parquet"), DriftFigures.OfAnswers(StrikeTable.Damage), new DriftPolicy(), new DataLimits(), TestContext.Current.CancellationToken);

        Assert.Equal([DriftFigures.PredictedClassName, DriftFigures.PredictionName], drift.Figures.Select(figure => figure.Name).Order(StringComparer.Ordinal));
        Assert.All(drift.Figures, figure => Assert.Equal(DriftLevel.Act, figure.Level));
        FigureComparison classes = drift.Comparisons.Single(one => one.Drift.Name == DriftFigures.PredictedClassName);
        Assert.Contains(classes.Drift.Effects, effect => effect.Measure == DriftMeasure.JensenShannon);
        Assert.Equal(["None"], classes.Baseline.Levels!.Value);
        Assert.Equal(holdout.Count, classes.Window.OtherCount);
    }

    [Fact]
    public void Read_Vectors_SayWhichRowTheyAreOf()
    {
        AnsweredRows rows = Side(holdout.Inputs);
        ImmutableArray<FigureVector> vectors = FigureVectors.Read(Write(rows, "side.parquet"), [.. figures.Where(figure => figure.Name == "birds")], new DataLimits());
        ImmutableArray<long> birds = ((InputValues.Integers)holdout.Inputs.Columns[1]).Values;

        Assert.Equal(Enumerable.Range(0, holdout.Count), vectors.Select(vector => vector.Row).Order());
        Assert.All(vectors, vector => Assert.Equal(birds[vector.Row], vector.Figures[0]));
    }

    // The holdout has copies of rows of the training set; with another speed no row is the same any more.
    [Fact]
    public void Seen_RowsOfAllTheirInputs_AreThoseThatTheTrainingSetHolds()
    {
        FigureDefinition key = DriftFigures.SeenOf(holdout.Inputs.Schema, "id");
        InputRows others = holdout.Inputs with { Columns = holdout.Inputs.Columns.SetItem(0, new InputValues.Numbers([.. Enumerable.Repeat(0.25f, holdout.Count)])) };

        Assert.True(Seen(key, holdout.Inputs).Count(seen => seen) > 0.95 * holdout.Count);
        Assert.DoesNotContain(true, Seen(key, others));
    }

    [Fact]
    public void Seen_KeyThatCallersSend_IsAskedForAlone()
    {
        FigureDefinition key = DriftFigures.SeenOf(holdout.Inputs.Schema, "host");
        InputRows others = holdout.Inputs with { Columns = holdout.Inputs.Columns.SetItem(5, new InputValues.Texts([.. Enumerable.Range(0, holdout.Count).Select(row => row % 2 == 0 ? "h1.example.org" : "new.example.org")])) };

        Assert.Equal([true, false, true, false], Seen(key, others)[..4]);
    }

    private ImmutableArray<bool> Seen(FigureDefinition key, InputRows inputs) =>
        SeenRows.Of(training, Write(Side(inputs), "side.parquet"), key, new DataLimits(), TestContext.Current.CancellationToken);

    private AnsweredRows Side(InputRows inputs) => new(
        StrikeTable.Damage, inputs, new Answers(3, [.. Enumerable.Repeat(new[] { 0.6f, 0.3f, 0.1f }, inputs.Count).SelectMany(answer => answer)]), holdout.Labels);

    private InputRows Moved(string figure)
    {
        InputRows rows = holdout.Inputs;
        InputRows With(int column, InputValues values) => rows with { Columns = rows.Columns.SetItem(column, values) };
        return figure switch
        {
            "speed" => With(0, new InputValues.Numbers([.. ((InputValues.Numbers)rows.Columns[0]).Values.Select(value => value + 60)])),
            "birds" => With(1, new InputValues.Integers([.. ((InputValues.Integers)rows.Columns[1]).Values.Select(value => value / 2)], [])),
            "warned" => With(2, new InputValues.Integers([.. Enumerable.Range(0, rows.Count).Select(row => row % 3 == 0 ? 1L : 0)], [])),
            "species" => With(3, new InputValues.Texts([.. Enumerable.Range(0, rows.Count).Select(row => row % 4 == 0 ? "stork" : "gull")])),
            "last label of host" => With(5, new InputValues.Texts([.. ((InputValues.Texts)rows.Columns[5]).Values.Select(host => host!.Replace(".org", ".museum", StringComparison.Ordinal))])),
            _ => With(6, new InputValues.Integers([.. ((InputValues.Integers)rows.Columns[6]).Values.Select(time => time - (time % 86_400_000_000) + (time % 10_800_000_000))], [])),
        };
    }

    private WindowDrift Compare(AnsweredRows side) =>
        WindowComparison.Compare(training, Write(side, "window.parquet"), figures, new DriftPolicy(), new DataLimits(), TestContext.Current.CancellationToken);

    private string Write(AnsweredRows side, string name)
    {
        string path = Path.Combine(folder, name);
        side.Write(path, new DataLimits(), TestContext.Current.CancellationToken);
        return path;
    }
}
