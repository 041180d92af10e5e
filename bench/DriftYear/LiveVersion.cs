using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Data.Drift;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Rows;
using Lifecycle.Evaluation.Drift;
using Lifecycle.Statistics.Distances;

namespace Lifecycle.DriftYear;

/// <summary>A live model with its DriftBaseline and Holdout, trained on the year before its newest label.</summary>
internal sealed class LiveVersion
{
    private static readonly (string Name, Func<Row, Concept, double?> Value)[] Figures =
    [
        ("amount", (row, _) => row.Amount),
        ("age", (row, _) => row.Age),
        ("visits", (row, _) => row.Visits),
        ("country", (row, _) => row.Country),
        ("tenure", (row, _) => row.Tenure),
        ("score", (row, _) => row.Score),
        ("prediction", (row, concept) => concept.Probability(row)),
    ];

    // Rows of one customer are drawn together by the bootstrap, as the product does.
    private const int RowsOfACustomer = 8;

    private static readonly ImmutableArray<string> Customers =
        [.. Enumerable.Range(0, 10_000).Select(customer => customer.ToString(CultureInfo.InvariantCulture))];

    private readonly ImmutableArray<BaselineFigure> baseline;

    public LiveVersion(Scenario scenario, Traffic traffic, int newestLabel, Concept concept)
    {
        Concept = concept;
        BaselineId = $"trained-on-{newestLabel}";
        Row[] training = traffic.YearBefore(newestLabel, scenario.TrainingRows, purpose: 1);
        baseline = [.. Figures.Select(figure => BaselineFigure.Of(figure.Name, training, row => figure.Value(row, concept)))];

        // The Holdout is of the concept that was learnt: like the model's own training rows, it is chosen to hold it.
        Holdout = Scored([.. traffic.YearBefore(newestLabel, scenario.HoldoutRows, purpose: 2)
            .Index().Select(row => row.Item with { Label = Uniform(row.Index) < concept.Probability(row.Item) })], withLabels: true);
    }

    public Concept Concept { get; }

    public string BaselineId { get; }

    public LossRows Holdout { get; }

    /// <summary>Rows as this version scores them.</summary>
    public LossRows Scored(Row[] rows, bool withLabels) => new()
    {
        Answers = new Answers(1, [.. rows.Select(row => (float)Concept.Probability(row))]),
        Labels = [.. rows.Select(row => !withLabels ? double.NaN : row.Label ? 1 : 0)],
        Clusters = [.. Enumerable.Range(0, rows.Length).Select(row => Customers[row / RowsOfACustomer])],
    };

    /// <summary>Compares a window with the DriftBaseline, by the same measures and judgement as the product.</summary>
    public WindowDrift Compare(Row[] window, DriftPolicy policy) =>
        WindowComparison.Judge([.. baseline.Zip(Figures, (before, figure) => before.Compare(window, row => figure.Value(row, Concept)))], window.Length, policy);

    private static double Uniform(int row) => new Statistics.Resampling.SplitMix64(20240607).UniformAt((ulong)row);
}

/// <summary>A figure's values in the TrainingSet.</summary>
internal sealed record BaselineFigure(FigureDefinition Definition, FigureDistribution Counts, EmpiricalDistribution Values)
{
    public static BaselineFigure Of(string name, Row[] rows, Func<Row, double?> value)
    {
        FigureDefinition definition = new(name, name);
        (EmpiricalDistribution values, int missing) = Read(rows, value);
        return new BaselineFigure(definition, NumberDistributions.Decide(definition, values, missing), values);
    }

    public MeasuredFigure Compare(Row[] rows, Func<Row, double?> value)
    {
        (EmpiricalDistribution values, int missing) = Read(rows, value);
        FigureDistribution counted = NumberDistributions.CountOver(Counts, values, missing);
        return new MeasuredFigure(Definition, Counts, counted, FigureEffects.OfNumbers(Counts, counted, Values, values));
    }

    private static (EmpiricalDistribution Values, int Missing) Read(Row[] rows, Func<Row, double?> value)
    {
        double[] there = new double[rows.Length];
        int count = 0;
        foreach (Row row in rows)
        {
            if (value(row) is { } found)
            {
                there[count++] = found;
            }
        }

        return (EmpiricalDistribution.Of(there.AsSpan(0, count)), rows.Length - count);
    }
}
