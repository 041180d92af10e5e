using System.Collections.Immutable;
using Lifecycle.Domain.Drift;

namespace Lifecycle.Evaluation.Drift;

/// <summary>
/// Splits the change of the labelled loss over strata: Σ(q−p)ℓ is the part of other rows, Σq(ℓ'−ℓ) the part of other answers to
/// like rows (Kitagawa 1955; Oaxaca 1973). The two add up to the change exactly.
/// </summary>
/// <remarks>
/// Shares are of the weight that the loss is averaged with, in which each class of a balanced one counts the same on either side: so they
/// add up to the loss. A stratum that the Holdout lacks has no loss there: all its part is mix, since such rows are other rows.
/// </remarks>
internal static class LossStrata
{
    /// <summary>Strata shown on their own; those with the least weight go together beyond.</summary>
    public const int MaximumStrata = 20;

    /// <summary>Name of the strata taken together.</summary>
    public const string Others = "others";

    public static LossDecomposition Decompose(LossInput input)
    {
        Dictionary<string, Part> parts = new(StringComparer.Ordinal);
        Add(parts, input, input.Holdout, isWindow: false);
        Add(parts, input, input.Window, isWindow: true);
        ImmutableArray<LossStratum> strata = [.. Pooled(parts).Select(part => part.Value.Stratum(part.Key))];
        return new LossDecomposition(
            strata.Sum(stratum => (stratum.WindowShare - stratum.BaselineShare) * stratum.BaselineLoss),
            strata.Sum(stratum => stratum.WindowShare * (stratum.WindowLoss - stratum.BaselineLoss)),
            strata);
    }

    private static void Add(Dictionary<string, Part> parts, LossInput input, LossRows rows, bool isWindow)
    {
        int[] labelled = [.. Enumerable.Range(0, rows.RowCount).Where(rows.IsLabelled)];
        double[] losses = input.LossesOf(rows);
        double[] weights = new double[input.StratumCount];
        foreach (int row in labelled)
        {
            weights[input.StratumOf(rows.Labels[row])] += rows.WeightOf(row);
        }

        int classes = weights.Count(weight => weight > 0);
        foreach (int row in labelled)
        {
            double share = rows.WeightOf(row) / (classes * weights[input.StratumOf(rows.Labels[row])]);
            double loss = share * losses[row];
            Part part = parts.GetValueOrDefault(rows.Strata[row]);
            parts[rows.Strata[row]] = part.Plus(isWindow ? new Part(0, share, 0, loss) : new Part(share, 0, loss, 0));
        }
    }

    private static KeyValuePair<string, Part>[] Pooled(Dictionary<string, Part> parts)
    {
        KeyValuePair<string, Part>[] sorted = [.. parts.OrderByDescending(part => part.Value.Weight).ThenBy(part => part.Key, StringComparer.Ordinal)];
        return sorted.Length <= MaximumStrata
            ? sorted
            : [.. sorted[..(MaximumStrata - 1)], new(Others, sorted[(MaximumStrata - 1)..].Aggregate(default(Part), (sum, part) => sum.Plus(part.Value)))];
    }

    /// <summary>Shares and share-weighted losses of one stratum.</summary>
    private readonly record struct Part(double Baseline, double Window, double BaselineLoss, double WindowLoss)
    {
        public double Weight => Baseline + Window;

        public Part Plus(Part other) =>
            new(Baseline + other.Baseline, Window + other.Window, BaselineLoss + other.BaselineLoss, WindowLoss + other.WindowLoss);

        // Where one side has no rows, the other side's loss stands in: it is multiplied by nothing, or makes the part mix.
        public LossStratum Stratum(string name)
        {
            double baseline = BaselineLoss / Baseline;
            double window = WindowLoss / Window;
            return new LossStratum(name, Baseline, Window, Baseline > 0 ? baseline : window, Window > 0 ? window : baseline);
        }
    }
}
