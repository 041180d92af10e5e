using Lifecycle.Statistics.Resampling;

namespace Lifecycle.DriftYear;

/// <summary>One row: what a model sees, and what turns out to be true.</summary>
/// <param name="Amount">Normal, with both seasons.</param>
/// <param name="Age">Normal, with the yearly season.</param>
/// <param name="Visits">Zero two times out of five, else log-normal.</param>
/// <param name="Country">One of six, with another mix on weekends.</param>
/// <param name="Tenure">Normal, missing in one row of fifty; the covariate shift is in it.</param>
/// <param name="Score">Normal, with both seasons; no part of the concept.</param>
/// <param name="Label">Drawn from the concept of the row's day.</param>
internal readonly record struct Row(double Amount, double Age, double Visits, int Country, double? Tenure, double Score, bool Label);

/// <summary>Generates rows. The same seed and day give the same rows.</summary>
internal sealed class Traffic(Scenario scenario, ulong seed)
{
    // Day 0 is a Monday, in spring: the wave is at its middle.
    private const int DaysOfWeek = 7;
    private const double DaysOfYear = 365.25;

    private static readonly double[] Countries = [0.35, 0.25, 0.15, 0.12, 0.08, 0.05];

    private readonly SplitMix64 root = new(seed);
    private readonly Dictionary<int, Row[]> unlabelled = [];

    /// <summary>The rows of a day, as they arrive: broken, on the broken day. They are kept until their labels come.</summary>
    public Row[] Day(int day)
    {
        if (unlabelled.Remove(day, out Row[]? kept))
        {
            return kept;
        }

        Draws draws = new(root.Split((ulong)(day + 10_000)));
        return unlabelled[day] = [.. Enumerable.Range(0, scenario.Rows).Select(_ => day == scenario.BrokenDay ? Break(Draw(draws, day), draws) : Draw(draws, day))];
    }

    /// <summary>Rows drawn evenly from the year that ends with a day; none from the broken day, which the data contract keeps out.</summary>
    public Row[] YearBefore(int day, int rows, ulong purpose)
    {
        Draws draws = new(root.Split(1_000_000 + ((ulong)(day + 10_000) * 10) + purpose));
        Row[] drawn = new Row[rows];
        for (int row = 0; row < rows;)
        {
            int of = day - (int)(draws.Uniform() * DaysOfYear);
            if (of != scenario.BrokenDay)
            {
                drawn[row++] = Draw(draws, of);
            }
        }

        return drawn;
    }

    private static Row Break(Row row, Draws draws) => row with { Amount = row.Amount * 100, Tenure = draws.Uniform() < 0.97 ? null : row.Tenure };

    private Row Draw(Draws draws, int day)
    {
        bool weekend = (((day % DaysOfWeek) + DaysOfWeek) % DaysOfWeek) >= 5;
        double wave = scenario.YearlySeason * Math.Sin(2 * Math.PI * day / DaysOfYear);
        double extra = weekend ? scenario.WeeklySeason : 0;
        bool shifted = day >= scenario.CovariateFrom && day < scenario.CovariateTo;
        Row row = new(
            draws.Normal() + wave + extra,
            draws.Normal() - wave,
            draws.Uniform() < 0.4 ? 0 : Math.Exp(0.7 * draws.Normal()),
            Country(draws.Uniform(), weekend),
            draws.Uniform() < 0.02 ? null : draws.Normal() + (shifted ? scenario.CovariateShift : 0),
            draws.Normal() + wave + extra,
            Label: false);
        Concept concept = Concept.Of(scenario, day);
        return row with { Label = draws.Uniform() < concept.Probability(row) };
    }

    private int Country(double uniform, bool weekend)
    {
        double fromFirst = weekend ? scenario.WeeklySeason / 2 : 0;
        double sum = -fromFirst;
        for (int country = 0; country < Countries.Length - 1; country++)
        {
            sum += Countries[country];
            if (uniform < sum)
            {
                return country;
            }
        }

        return Countries.Length - 1;
    }
}
