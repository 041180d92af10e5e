using System.Globalization;
using Lifecycle.Domain.Drift;

namespace Lifecycle.DriftYear;

/// <summary>Figures over many years, as a row of bench/README.md.</summary>
internal static class Table
{
    public const string Heading =
        """
        | yearly, weekly season | window | driftShare | harmlessRise | years | all right | false Retrains a year: mean, most | covariate seen in window | concept seen in window | Blocks: right, false | Watch after the shift: mean, most | false Watches a year: mean, most |
        |---|---|---|---|---|---|---|---|---|---|---|---|
        """;

    public static string Row(Scenario scenario, DriftPolicy policy, IReadOnlyCollection<YearJudgement> years) => string.Create(CultureInfo.InvariantCulture,
        $"| {scenario.YearlySeason:0.00} σ, {scenario.WeeklySeason:0.00} σ | {scenario.WindowDays} d | {policy.DriftShare} | {policy.HarmlessRise} | {years.Count} | {years.Count(year => year.IsRight)} | {MeanAndMost(years, year => year.FalseRetrains)} | {Distribution(years, year => year.CovariateDelay)} | {Distribution(years, year => year.ConceptDelay)} | {years.Sum(year => year.Blocks)}, {years.Sum(year => year.FalseBlocks)} | {MeanAndMost(years, year => year.WatchTail)} | {MeanAndMost(years, year => year.FalseWatches)} |");

    /// <summary>All Retrains and Blocks of a year, to see what went wrong in it.</summary>
    public static IEnumerable<string> Asks(Year year) => year.Findings.Index()
        .Where(finding => finding.Item.Verdict is DriftVerdict.Retrain or DriftVerdict.Block)
        .Select(finding => string.Create(CultureInfo.InvariantCulture,
            $"seed {year.Seed}, window {finding.Index}: {finding.Item.Verdict} by {finding.Item.Rule}, asked by {finding.Item.AskedBy}: {finding.Item.Reasons[0]}"));

    private static string MeanAndMost(IReadOnlyCollection<YearJudgement> years, Func<YearJudgement, int> value) =>
        string.Create(CultureInfo.InvariantCulture, $"{years.Average(value):0.00}, {years.Max(value)}");

    private static string Distribution(IReadOnlyCollection<YearJudgement> years, Func<YearJudgement, int?> value) => string.Join("; ", years
        .GroupBy(value).OrderBy(group => group.Key ?? int.MaxValue)
        .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Key?.ToString(CultureInfo.InvariantCulture) ?? "never"}: {group.Count()}")));
}
