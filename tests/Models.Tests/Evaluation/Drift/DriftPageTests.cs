using System.Text.RegularExpressions;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Drift;
using Lifecycle.Evaluation.Reports.Drift;

namespace Lifecycle.Models.Tests.Evaluation.Drift;

public sealed partial class DriftPageTests
{
    private const string Hostile = "<img src=x onerror=alert(1)>\"'&";

    [Fact]
    public void Render_AnyDocument_FetchesAndRunsNothing()
    {
        string page = DriftPage.Render(DriftDocuments.Drifted, DriftDocuments.Retrain);

        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("""(?i)\s(src|href)=""", page);
        Assert.DoesNotMatch("""(?i)url\((?!#)|@import""", page);
        Assert.DoesNotMatch("https?://(?!www\\.w3\\.org/)", page);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Decision_StandsInTheHeadlineWithEveryReason()
    {
        string page = DriftPage.Render(DriftDocuments.Drifted, DriftDocuments.Retrain);

        Assert.Matches("""<p class="word">.*Drifted</p>""", page);
        Assert.Contains("Decision: <strong>Retrain</strong>. The labelled loss is worse by 21.3%", page, StringComparison.Ordinal);
        Assert.Contains("Of the figures, 47.1% by importance are at act.", page, StringComparison.Ordinal);
        Assert.Contains("disposable-domain-000042", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_BeforeTheDecision_SaysSo() =>
        Assert.Contains("No decision has been made on it yet", DriftPage.Render(DriftDocuments.Quiet, decision: null), StringComparison.Ordinal);

    [Theory]
    [InlineData(DriftLevel.None, "Quiet")]
    [InlineData(DriftLevel.Warn, "Drifting")]
    [InlineData(DriftLevel.Inconclusive, "Inconclusive")]
    public void Render_Level_IsTheWordOfTheHeadline(DriftLevel level, string word) => Assert.Matches(
        $"""<p class="word">.*{word}</p>""",
        DriftPage.Render(DriftDocuments.Quiet with { Report = DriftDocuments.Quiet.Report with { Level = level } }, decision: null));

    [Fact]
    public void Render_BrokenContract_OutweighsEveryLevel()
    {
        string page = DriftPage.Render(DriftDocuments.Broken, decision: null);

        Assert.Matches("""<p class="word">.*Contract broken</p>""", page);
        Assert.Contains("Found 94.0%; expected at most 1.0%.", page, StringComparison.Ordinal);
        Assert.Contains("not a number", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(12)]
    public void Render_WhatCouldNotBeMeasured_StandsThereWithItsReason(int count)
    {
        string[] sentences = [.. Enumerable.Range(0, count).Select(i => $"The measurement {i} is inconclusive because all {i} rows are alike.")];
        DriftReport report = DriftDocuments.Quiet.Report with { Unmeasured = [.. sentences], Level = DriftLevel.Inconclusive };

        string page = DriftPage.Render(DriftDocuments.Quiet with { Report = report }, decision: null);

        Assert.Equal(count > 0, page.Contains("What could not be measured", StringComparison.Ordinal));
        Assert.All(sentences, sentence => Assert.Contains(sentence, page, StringComparison.Ordinal));
        Assert.Equal(count == 0, page.Contains("are too few to tell", StringComparison.Ordinal));
    }

    [Fact]
    public void Render_AWindowThatCouldNotBeComparedAtAll_IsAPageThatSaysSo()
    {
        DriftReport report = DriftDocuments.Quiet.Report with
        {
            Figures = [], FigureCount = 0, Separation = null, Losses = new(), Level = DriftLevel.Inconclusive,
            Unmeasured = ["The comparison with the baseline is inconclusive because it took too long."],
        };

        string page = DriftPage.Render(DriftDocuments.Quiet with { Report = report, Histograms = [] }, decision: null);

        Assert.Contains("because it took too long", page, StringComparison.Ordinal);
        Assert.Contains("No loss was measured for this window", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_InconclusiveLoss_GivesTheReasonAndNoNumber()
    {
        string page = DriftPage.Render(DriftDocuments.Broken, decision: null);

        Assert.Contains("300 labelled rows are fewer than the 500 that it needs", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-label=\"95% interval\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_LabelledLoss_ShowsMixAndConcept()
    {
        string page = DriftPage.Render(DriftDocuments.Drifted, decision: null);

        Assert.Contains("Other rows, or other answers?", page, StringComparison.Ordinal);
        Assert.Contains("Slice “providers”", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Other rows, or other answers?", DriftPage.Render(DriftDocuments.Quiet, decision: null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "live model’s balanced log loss from", "Model’s own confidence", "each class counting the same")]
    [InlineData("logLoss", "live model’s log loss from", "Model’s own confidence", "<caption>By stratum</caption>")]
    [InlineData("absolute", "live model’s absolute error from", "Model of the losses", "<caption>By stratum</caption>")]
    [InlineData("tweedie(1.5)", "live model’s Tweedie deviance (p 1.5) from", "Model of the losses", "a model loses least by answering means")]
    public void Render_Loss_IsCalledByItsName(string? loss, params string[] expected)
    {
        string page = DriftPage.Render(DriftDocuments.Drifted with { Report = DriftDocuments.Drifted.Report with { Loss = loss } }, decision: null);

        Assert.All(expected, text => Assert.Contains(text, page, StringComparison.Ordinal));
    }

    [Fact]
    public void Render_Pictures_AreOfTheFiguresThatMovedAndHaveIdsOfTheirOwn()
    {
        string page = DriftPage.Render(DriftDocuments.Drifted, decision: null);
        string[] ids = [.. Ids().Matches(page).Select(match => match.Groups[1].Value)];

        Assert.Equal(["last label", "length", "digits", "key"], Pictures().Matches(page).Select(match => match.Groups[1].Value));
        Assert.Equal(ids.Distinct(), ids);
        Assert.Contains("var(--window)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("#01020", page, StringComparison.Ordinal);
        Assert.DoesNotContain("font-family=", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_ThousandFigures_ShowsTheStrongestAndSaysHowManyMore()
    {
        DriftReport report = DriftDocuments.Drifted.Report;
        DriftDocument many = DriftDocuments.Drifted with
        {
            Report = report with { Figures = [.. Enumerable.Range(0, 1000).Select(i => report.Figures[0] with { Name = $"figure {i}" })] },
        };

        string page = DriftPage.Render(many, decision: null);

        Assert.Contains("960 more figures moved less", page, StringComparison.Ordinal);
        Assert.Contains("figure 39<", page, StringComparison.Ordinal);
        Assert.DoesNotContain("figure 40<", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_HostileNames_AreTextOnly()
    {
        DriftReport report = DriftDocuments.Drifted.Report;
        DriftDocument hostile = DriftDocuments.Drifted with
        {
            Report = report with
            {
                Model = Hostile,
                Figures = [report.Figures[0] with { Name = Hostile }],
                Unmeasured = [Hostile],
                Breaches = [new ValidationFinding(FindingSeverity.Error, Hostile, Hostile, Hostile, Hostile)],
            },
            Histograms = [DriftDocuments.Drifted.Histograms[0] with { Name = Hostile, Levels = [.. Enumerable.Repeat(Hostile, 12)] }],
        };

        string page = DriftPage.Render(hostile, DriftDocuments.Retrain with { Reasons = [Hostile] });

        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\"'&", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Twice_GivesTheSamePage() => Assert.Equal(
        DriftPage.Render(DriftDocuments.Drifted, DriftDocuments.Retrain), DriftPage.Render(DriftDocuments.Drifted, DriftDocuments.Retrain));

    [GeneratedRegex("<figure><h3>(.*?) <span")]
    private static partial Regex Pictures();

    [GeneratedRegex(" id=\"([^\"]*)\"")]
    private static partial Regex Ids();
}
