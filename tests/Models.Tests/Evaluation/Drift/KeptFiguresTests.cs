using System.Collections.Immutable;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Rows;
using Lifecycle.Evaluation.Drift;

namespace Lifecycle.Models.Tests.Evaluation.Drift;

/// <summary>
/// Models of two classes were watched before there were other targets. Their figures are pinned to the last bit, as that version computed
/// them: a window that was decided on is measured the same when it is measured again.
/// </summary>
public sealed class KeptFiguresTests
{
    private const int HoldoutRows = 1200;
    private const int WindowRows = 900;

    private static readonly LossEvidence Found = LossComparison.Measure(Traffic.Of(Holdout(), Window()) with
    {
        BootstrapSamples = 200,
        Weights = ImportanceWeights.Of([.. Enumerable.Range(0, HoldoutRows)], Scores(HoldoutRows), Scores(WindowRows)),
    });

    [Fact]
    public void Labelled_KeepsItsFigures()
    {
        AssertIs(Found.Labelled!, 0.5000497438893521, 0.5351088985333768, 0.0701113340671613, -0.028029409352692825, 0.16548973807337197);
        AssertIs(Found.Slices["odd"], 0.5058083887541345, 0.5236421094610819, 0.03525785871379861, -0.07800402274542706, 0.1665453622807913);
    }

    [Fact]
    public void Weighted_KeepsItsFigures() =>
        AssertIs(Found.Weighted!, 0.5000497438893521, 0.5014242747264585, 0.0027487882033803146, -0.0199135587135274, 0.02856416253160554);

    [Fact]
    public void Estimated_KeepsItsFigures() =>
        AssertIs(Found.Estimated!, 0.5000497438893521, 0.5264545696055956, 0.05280439804022019, 0.013955735634609612, 0.08573813304587419);

    [Fact]
    public void Decomposition_KeepsItsFigures() => Assert.Equal((-0.0022626570567461646, 0.037321811700770785), (Found.Decomposition!.Mix, Found.Decomposition.Concept));

    private static void AssertIs(LossChange found, double baseline, double window, double change, double lower, double upper) =>
        Assert.Equal((baseline, window, change, lower, upper), (found.Baseline, found.Window, found.Change, found.Lower, found.Upper));

    private static LossRows Holdout() => new()
    {
        Answers = new Answers(1, [.. Enumerable.Range(0, HoldoutRows).Select(HoldoutScore)]),
        Labels = [.. Enumerable.Range(0, HoldoutRows).Select(row => row * 53 % 97 / 97.0 < HoldoutScore(row) ? 1d : 0d)],
        Weights = [.. Enumerable.Range(0, HoldoutRows).Select(row => 1.0 + (row % 3))],
        Clusters = [.. Enumerable.Range(0, HoldoutRows).Select(row => $"c{row % 400}")],
        Strata = [.. Enumerable.Range(0, HoldoutRows).Select(row => $"s{row % 5}")],
        Slices = OddRows(HoldoutRows),
    };

    private static LossRows Window() => new()
    {
        Answers = new Answers(1, [.. Enumerable.Range(0, WindowRows).Select(row => (float)(((row * 41 % 103) + 0.5) / 110))]),
        Labels = [.. Enumerable.Range(0, WindowRows).Select(row => row % 7 == 0 ? double.NaN : row * 29 % 89 / 89.0 < 0.05 + (((row * 41 % 103) + 0.5) / 110) ? 1 : 0)],
        Strata = [.. Enumerable.Range(0, WindowRows).Select(row => $"s{row % 4}")],
        Slices = OddRows(WindowRows),
    };

    private static float HoldoutScore(int row) => (float)(((row * 37 % 101) + 0.5) / 102);

    private static double[] Scores(int rows) => [.. Enumerable.Range(0, rows).Select(row => 0.3 + (0.04 * (row % 10)))];

    private static ImmutableSortedDictionary<string, ImmutableArray<bool>> OddRows(int rows) =>
        ImmutableSortedDictionary<string, ImmutableArray<bool>>.Empty.Add("odd", [.. Enumerable.Range(0, rows).Select(row => row % 2 == 1)]);
}
