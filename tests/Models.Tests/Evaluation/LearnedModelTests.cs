using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Training;
using Lifecycle.Evaluation;
using Lifecycle.Evaluation.Reports;

namespace Lifecycle.Models.Tests.Evaluation;

public sealed class LearnedModelTests
{
    private static readonly ModelExplanation Explanation = new()
    {
        Scale = "log-odds",
        Features = ["origin=ATL", "distance", "origin=<b>", "hour(at)"],
        Columns = [new("origin", 1), new("distance", 1), new("origin", 1), new("at", 1)],
        Training = new TrainingRecord
        {
            Importance = new FeatureImportance(ImportanceMeasure.Gain, [10, 60, 30, 0]),
            Curve = new LearningCurve("loss of objective binary", [new(1, 0.7, 0.69), new(2, null, 0.5), new(3, 0.3, 0.6)], Kept: 2),
        },
    };

    [Fact]
    public void Of_Gains_SumsThemByColumnAndOrdersThem()
    {
        LearnedModel learned = LearnedModel.Of(Explanation)!;

        Assert.Equal([("distance", 60, 0.6), ("origin", 40, 0.4), ("at", 0, 0)], learned.Columns.Select(column => (column.Column, column.Size, column.Share)));
        Assert.Equal(["distance", "origin=<b>", "origin=ATL"], learned.Features.Select(feature => feature.Feature));
        Assert.Equal((4, 3), (learned.FeatureCount, learned.UsedCount));
    }

    [Fact]
    public void Of_Coefficients_KeepsTheSignOfOneScoreAndAddsUpTheSizesOfSeveral()
    {
        LearnedModel one = LearnedModel.Of(With(new FeatureImportance(ImportanceMeasure.StandardisedCoefficient, [-3, 1, 0, 2])))!;
        LearnedModel two = LearnedModel.Of(With(new FeatureImportance(ImportanceMeasure.StandardisedCoefficient, [-3, 1, 0, 2, 3, 0, 0, -1])))!;

        Assert.Equal([("origin=ATL", -3), ("hour(at)", 2), ("distance", 1)], one.Features.Select(feature => (feature.Feature, feature.Value)));
        Assert.Equal([("origin=ATL", 6), ("hour(at)", 3), ("distance", 1)], two.Features.Select(feature => (feature.Feature, feature.Value)));
    }

    [Fact]
    public void Of_ATrainerThatToldNothing_IsNothing()
    {
        Assert.Null(LearnedModel.Of(Explanation with { Training = null }));
        Assert.Null(LearnedModel.Of(Explanation with { Training = new TrainingRecord() })!.Measure);
    }

    [Fact]
    public void Document_OfALearnedModel_ReadsBackTheSame()
    {
        EvaluationInput input = Evaluations.Drawn(300);
        EvaluationDocument document = EvaluationDocument.Of(ModelEvaluator.Evaluate(input), input.Policy) with { Learned = LearnedModel.Of(Explanation) };

        byte[] bytes = EvaluationDocument.Read(document.ToBytes()).ToBytes();

        Assert.Equal(document.ToBytes(), bytes);
        Assert.Null(EvaluationDocument.Read((document with { Learned = null }).ToBytes()).Learned);
        Assert.Equal(2, EvaluationDocument.Read(bytes).Learned!.Curve!.Kept);
    }

    [Fact]
    public void Page_OfALearnedModel_ShowsColumnsFeaturesAndBothLosses()
    {
        string page = Render(LearnedModel.Of(Explanation));

        Assert.Contains("What it learnt from", page, StringComparison.Ordinal);
        Assert.Contains("3 of 4 features do something", page, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">origin=&lt;b&gt; <span>origin</span></th>", page, StringComparison.Ordinal);
        Assert.Contains("width:40%", page, StringComparison.Ordinal);
        Assert.Contains("rows that it stops by", page, StringComparison.Ordinal);
        Assert.Contains("the model keeps 2 of 3 rounds", page, StringComparison.Ordinal);
        Assert.Equal(page, Render(LearnedModel.Of(Explanation)));
    }

    [Fact]
    public void Page_WithoutAValidationPart_SaysWhatTheCurveCannotShow()
    {
        LearningCurve curve = new("loss of objective squared", [new(1, 3, null), new(2, 2, null)], Kept: 2);
        string page = Render(LearnedModel.Of(Explanation with { Training = Explanation.Training! with { Curve = curve } }));

        Assert.Contains("it cannot show when learning by heart began", page, StringComparison.Ordinal);
        Assert.DoesNotContain("rows that it stops by", page, StringComparison.Ordinal);
        Assert.DoesNotContain("What it learnt from", Render(learned: null), StringComparison.Ordinal);
    }

    private static ModelExplanation With(FeatureImportance importance) => Explanation with { Training = new TrainingRecord { Importance = importance } };

    private static string Render(LearnedModel? learned)
    {
        EvaluationResult result = ModelEvaluator.Evaluate(Evaluations.Drawn(300));
        return EvaluationPage.Render(result.Report, blessing: null, new EvaluationSubject { Model = "m", Snapshot = "s" }, result.Curves, learned);
    }
}
