using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Schemas;
using Lifecycle.Evaluation;
using Lifecycle.Evaluation.Curves;
using Lifecycle.Evaluation.Tasks;

namespace Lifecycle.Models.Tests.Evaluation;

/// <summary>Every target reports what was promised of it, and draws it.</summary>
public sealed class ReportedFigureTests
{
    private static readonly Target Damage = new Target.Multiclass { Classes = ["a", "b", "c"] };

    [Fact]
    public void Figures_OfEachTarget_AreThosePromised()
    {
        Assert.Equal(["balanced log loss", "log loss", "AUC", "average precision", "Brier score", "calibration error"], Titles(new Target.Binary()));
        Assert.Equal(["balanced log loss", "log loss", "macro F1", "accuracy", "top two", "AUC", "Brier score", "calibration error"], Titles(Damage));
        Assert.Equal(
            ["absolute error", "RMSE", "median error", "R²", "Spearman", "ratio of sums", "zeros predicted", "zeros seen", "error of sums of 100"], Titles(new Target.Regression()));
    }

    [Fact]
    public void Measure_RowsOfEachTarget_HaveEveryFigureAndPicture()
    {
        SliceCurves binary = AssertWhole(Evaluations.Drawn(400));
        SliceCurves classes = AssertWhole(Evaluations.Input(
            Damage, [.. Enumerable.Range(0, 300).Select(row => (double)(row % 3))],
            Evaluations.Model("challenger", Enumerable.Range(0, 300).SelectMany(row => Enumerable.Range(0, 3).Select(position => position == (row / 2) % 3 ? 0.5f : 0.25f)), 3),
            Evaluations.Model("constant", Enumerable.Repeat(1 / 3f, 900), 3)));
        SliceCurves numbers = AssertWhole(Evaluations.DrawnNumbers(400));

        Assert.False(binary.Calibration.IsEmpty || binary.Gain.IsEmpty);
        Assert.Equal((3, 3, 3), (classes.Confusion.Length, classes.Classes.Length, classes.ByClass.Length));
        Assert.False(numbers.Calibration.IsEmpty || numbers.Hexagons.IsEmpty || numbers.Sums.IsEmpty);
        Assert.Equal(10, numbers.Residuals.Length);
    }

    private static SliceCurves AssertWhole(EvaluationInput input)
    {
        EvaluationResult result = ModelEvaluator.Evaluate(input);
        Assert.Equal(result.Report.Figures.Select(figure => figure.Name).Order(StringComparer.Ordinal), result.Report.Challenger.Slices["all"].Figures.Keys);
        return result.Curves.Challenger["all"];
    }

    private static IEnumerable<string> Titles(Target target) => TaskRules.Of(target).FiguresOf(target).Select(figure => figure.Title);
}
