using Lifecycle.Domain.Drift;
using Lifecycle.DriftYear;

namespace Lifecycle.Models.Tests.Evaluation.Drift;

/// <summary>
/// Generated years, measured by the product's own comparison and losses, and decided on by the default policy. Many more of
/// them, with stronger seasons, are in bench/README.md.
/// </summary>
public sealed class DriftYearTests
{
    private static readonly DriftPolicy Policy = new();

    [Fact]
    public void Year_WithoutSeasons_IsDecidedDayByDayAsItWasPlanted()
    {
        Scenario scenario = new() { YearlySeason = 0, WeeklySeason = 0 };

        Year year = Year.Live(scenario, Policy, seed: 1);

        for (int day = 0; day < scenario.Days; day++)
        {
            DriftVerdict expected = ExpectedOn(day, scenario);
            Assert.True(
                expected == year.Findings[day].Verdict,
                $"day {day}: expected {expected}, found {year.Findings[day].Verdict} by {year.Findings[day].Rule}: {string.Join(' ', year.Findings[day].Reasons)}");
        }

        Assert.Equal([scenario.ConceptEvidenceFrom + scenario.RunDays], year.PromotedDays);
        Assert.Equal(DriftRule.LabelledLoss, year.Findings[scenario.ConceptEvidenceFrom].Rule);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Year_WithSeasons_RetrainsAndBlocksExactlyOnceEach(int seed)
    {
        Scenario scenario = new() { YearlySeason = 0.1, WeeklySeason = 0.1 };

        Year year = Year.Live(scenario, Policy, (ulong)seed);

        YearJudgement judgement = YearJudgement.Of(scenario, year);
        Assert.True(judgement.IsRight, $"{judgement}");
        Assert.Equal([scenario.BrokenDay], DaysOf(year, DriftVerdict.Block));
        Assert.Single(DaysOf(year, DriftVerdict.Retrain));
    }

    [Fact]
    public void Year_LivedTwice_IsTheSame()
    {
        Scenario scenario = new() { Days = 65 };

        Assert.Equal(
            Year.Live(scenario, Policy, seed: 3).Findings.SelectMany(finding => finding.Reasons),
            Year.Live(scenario, Policy, seed: 3).Findings.SelectMany(finding => finding.Reasons));
    }

    // One quiet window after the shift is still on Watch; in the days of the run its reason is in it already.
    private static DriftVerdict ExpectedOn(int day, Scenario scenario) => day switch
    {
        _ when day == scenario.BrokenDay => DriftVerdict.Block,
        _ when day == scenario.ConceptEvidenceFrom => DriftVerdict.Retrain,
        _ when day > scenario.ConceptEvidenceFrom && day < scenario.ConceptEvidenceFrom + scenario.RunDays => DriftVerdict.Watch,
        _ when day >= scenario.CovariateFrom && day <= scenario.CovariateTo => DriftVerdict.Watch,
        _ => DriftVerdict.None,
    };

    private static int[] DaysOf(Year year, DriftVerdict verdict) =>
        [.. year.Findings.Index().Where(finding => finding.Item.Verdict == verdict).Select(finding => finding.Index)];
}
