using System.Text.RegularExpressions;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Evaluation;
using Lifecycle.Evaluation.Reports;

namespace Lifecycle.Models.Tests.Evaluation;

public sealed partial class EvaluationPageTests
{
    private const string Hostile = "<img src=x onerror=alert(1)>\"'&";

    private static readonly EvaluationInput Input = WithSlices(Evaluations.Drawn(800));

    [Fact]
    public void Render_AnyEvaluation_FetchesAndRunsNothing()
    {
        string page = Render(Input);

        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("""(?i)\s(src|href)=""", page);
        Assert.DoesNotMatch("""(?i)url\((?!#)|@import""", page);
        Assert.DoesNotMatch("https?://(?!www\\.w3\\.org/)", page);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(BlessingVerdict.Blessed, "Blessed")]
    [InlineData(BlessingVerdict.Refused, "Refused")]
    [InlineData(BlessingVerdict.Inconclusive, "Inconclusive")]
    public void Render_Verdict_SaysItWithEveryReason(BlessingVerdict verdict, string word)
    {
        Blessing blessing = new(verdict, [new BlessingReason("first rule", verdict, "Because of this."), new BlessingReason("second rule", BlessingVerdict.Blessed, "And that.")]);

        string page = Render(Input, blessing);

        Assert.Matches($"""<p class="word">.*{word}</p>""", page);
        Assert.Contains("Because of this.", page, StringComparison.Ordinal);
        Assert.Contains("And that.", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_RandomSplit_StandsBesideTheOneByTime()
    {
        EvaluationResult result = ModelEvaluator.Evaluate(Input);
        RandomSplit random = new() { TrainingRows = 3000, HoldoutRows = 800, Challenger = result.Report.Reference, Reference = result.Report.Reference };
        EvaluationSubject subject = new() { Model = "m", Snapshot = "s" };

        string page = EvaluationPage.Render(result.Report with { RandomSplit = random }, null, subject, result.Curves);

        Assert.Contains("Split by time, and at random", page, StringComparison.Ordinal);
        Assert.Contains("would have promised", page, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(page, """<th scope="row">at random</th>"""));
        Assert.DoesNotContain("at random", EvaluationPage.Render(result.Report, null, subject, result.Curves), StringComparison.Ordinal);
    }

    [Fact]
    public void Render_BeforeTheGate_SaysNotJudgedYet() => Assert.Contains("Not judged yet", Render(Input), StringComparison.Ordinal);

    [Fact]
    public void Render_HostileNames_AreTextOnly()
    {
        EvaluationInput input = Evaluations.Drawn(300);
        input = input.WithSlice(Hostile, input.Holdout.Labels.Select((_, row) => row % 2 == 0)) with { Challenger = input.Challenger with { ModelDigest = Hostile } };
        Blessing blessing = new(BlessingVerdict.Refused, [new BlessingReason(Hostile, BlessingVerdict.Refused, Hostile)]);
        EvaluationSubject subject = new() { Model = Hostile, Snapshot = Hostile, Champion = Hostile, PrimarySlice = Hostile };

        string page = Render(input, blessing, subject);

        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\"'&", page, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;&quot;&#x27;&amp;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Charts_HaveTheirOwnWordsSoThatNoFontIsNeeded()
    {
        string page = Render(Input);

        Assert.Equal(4, Charts().Count(page));
        Assert.All(Words().Matches(page), match => Assert.Matches("class=\"(tick|axis)\"", match.Value));
        Assert.DoesNotContain("font-family=", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Charts_TakeColoursFromTheStyleSheet()
    {
        string page = Render(Input);

        Assert.Contains("stroke=\"var(--challenger)\"", page, StringComparison.Ordinal);
        Assert.Contains("stroke=\"var(--champion)\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("#01020", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Charts_HaveIdsOfTheirOwn()
    {
        string[] ids = [.. Ids().Matches(Render(Input)).Select(match => match.Groups[1].Value)];

        Assert.NotEmpty(ids);
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public void Render_PrimarySliceOfOneClass_SaysThatThereIsNothingToRank() =>
        Assert.Contains("It holds one class only", Render(Input, subject: Subject with { PrimarySlice = "positives" }), StringComparison.Ordinal);

    [Fact]
    public void Render_SeveralClasses_ShowsWhoIsTakenForWhomAndEachClassByItself()
    {
        string page = Render(MulticlassTests.Drawn(600), subject: Subject with { PrimarySlice = "all" });

        Assert.Contains("Rows of each class by the challenger’s likeliest class", page, StringComparison.Ordinal);
        Assert.Contains("Each class against all others", page, StringComparison.Ordinal);
        Assert.Contains("Calibration of Medium", page, StringComparison.Ordinal);
        Assert.Contains("The deciding loss is <strong>log loss</strong>", page, StringComparison.Ordinal);
        Assert.Equal(3, Charts().Count(page));
    }

    [Theory]
    [InlineData("absolute", "50.0% of the labels are at most the prediction, as absolute error asks")]
    [InlineData("tweedie(1.5)", "mean prediction and mean label agree")]
    public void Render_Numbers_ShowsPairsErrorsAndSumsAndCalibrationAsTheLossAsks(string loss, string calibration)
    {
        string page = Render(Evaluations.DrawnNumbers(600, loss), subject: Subject with { PrimarySlice = "all" });

        Assert.Equal(4, Charts().Count(page));
        Assert.Contains(calibration, page, StringComparison.Ordinal);
        Assert.Contains("Predicted against seen.", page, StringComparison.Ordinal);
        Assert.Contains("Sums.", page, StringComparison.Ordinal);
        Assert.Contains("minutes", page, StringComparison.Ordinal);
        Assert.DoesNotContain("of class", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Comparisons_ShowTheShareOfTheOthersLossThatIsSaved()
    {
        EvaluationInput input = Evaluations.Numbers("absolute", [1, 3, 5], [1, 3, 6], 3);

        Assert.Contains("<td data-label=\"Skill\">&#x2B;75.0%</td>", Render(input, subject: Subject with { PrimarySlice = "all" }), StringComparison.Ordinal);
    }

    [Fact]
    public void Render_FirstModel_ShowsNoChampion()
    {
        string page = Render(Input with { Champion = null });

        Assert.Contains("the first of its channel", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Against the champion", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Twice_GivesTheSamePage() => Assert.Equal(Render(Input), Render(Input));

    private static EvaluationSubject Subject { get; } = new() { Model = "disposable-domain", Snapshot = "2020-05", Champion = "2019-12", PrimarySlice = "new" };

    private static string Render(EvaluationInput input, Blessing? blessing = null, EvaluationSubject? subject = null)
    {
        EvaluationResult result = ModelEvaluator.Evaluate(input);
        return EvaluationPage.Render(result.Report, blessing, subject ?? Subject, result.Curves);
    }

    private static EvaluationInput WithSlices(EvaluationInput input) => input
        .WithSlice("new", input.Holdout.Labels.Select((_, row) => row % 2 == 0))
        .WithSlice("positives", input.Positives());

    [GeneratedRegex("<svg ")]
    private static partial Regex Charts();

    [GeneratedRegex("<text [^>]*>")]
    private static partial Regex Words();

    [GeneratedRegex(" id=\"([^\"]*)\"")]
    private static partial Regex Ids();
}
