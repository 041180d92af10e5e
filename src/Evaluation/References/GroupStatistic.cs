using System.Globalization;
using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Evaluation.Metrics;

namespace Lifecycle.Evaluation.References;

/// <summary>What a group's rows say.</summary>
internal abstract class GroupStatistic(RowSet training)
{
    /// <summary>In words, such as <c>median</c>.</summary>
    public abstract string Name { get; }

    protected RowSet Training => training;

    /// <summary>The statistic that a definition asks for: for numbers what the loss elicits, unless told.</summary>
    public static GroupStatistic For(ReferenceModelDefinition definition, Target target, Loss loss, RowSet training) =>
        !target.ClassNames.IsEmpty ? new ClassShares(training, target, loss.IsBalanced)
        : (definition.Statistic ?? (loss.Elicits.Kind == ElicitedKind.Mean ? ReferenceStatistic.Mean : null)) switch
        {
            ReferenceStatistic.Mean => new Mean(training),
            ReferenceStatistic.Median => new Quantile(training, 0.5),
            ReferenceStatistic.Quantile => new Quantile(training, definition.Level!.Value),
            _ => new Quantile(training, loss.Elicits.Level),
        };

    /// <summary>The answer of each group.</summary>
    /// <param name="codes">Each row's group.</param>
    /// <param name="count">Number of groups.</param>
    public abstract float[][] Of(int[] codes, int count);

    protected double WeightOf(int row) => training.Weights.IsEmpty ? 1 : training.Weights[row];

    private sealed class Mean(RowSet training) : GroupStatistic(training)
    {
        public override string Name => "mean";

        public override float[][] Of(int[] codes, int count)
        {
            double[] sums = new double[count];
            double[] weights = new double[count];
            for (int row = 0; row < codes.Length; row++)
            {
                sums[codes[row]] += WeightOf(row) * Training.Labels[row];
                weights[codes[row]] += WeightOf(row);
            }

            return [.. sums.Zip(weights, (sum, weight) => new[] { (float)(sum / weight) })];
        }
    }

    private sealed class Quantile(RowSet training, double level) : GroupStatistic(training)
    {
        public override string Name => level == 0.5 ? "median" : string.Create(CultureInfo.InvariantCulture, $"quantile at {level}");

        public override float[][] Of(int[] codes, int count)
        {
            int[] rows = [.. Enumerable.Range(0, codes.Length)];
            Array.Sort((int[])[.. codes], rows);
            float[][] answers = new float[count][];
            for (int start = 0, group = 0; group < count; group++)
            {
                int end = start;
                while (end < rows.Length && codes[rows[end]] == group)
                {
                    end++;
                }

                // Sorting by group alone leaves the order inside to chance; by row it is the same on every machine.
                int[] members = [.. rows[start..end].Order()];
                answers[group] = [(float)WeightedQuantile.Of(Array.ConvertAll(members, row => Training.Labels[row]), Array.ConvertAll(members, WeightOf), level)];
                start = end;
            }

            return answers;
        }
    }

    // One row's worth of the whole shares goes to each group, so that no class is given zero.
    private sealed class ClassShares(RowSet training, Target target, bool isBalanced) : GroupStatistic(training)
    {
        public override string Name => "class shares";

        public override float[][] Of(int[] codes, int count)
        {
            int classes = target.ClassNames.Length;
            double[] whole = [.. Enumerable.Repeat(0.5, classes)];
            double[][] groups = [.. Enumerable.Range(0, count).Select(_ => new double[classes])];
            for (int row = 0; row < codes.Length; row++)
            {
                whole[(int)Training.Labels[row]] += WeightOf(row);
                groups[codes[row]][(int)Training.Labels[row]] += WeightOf(row);
            }

            double all = whole.Sum();
            return [.. groups.Select(group => AnswerOf(group, [.. whole.Select(weight => weight / all)]))];
        }

        private float[] AnswerOf(double[] group, double[] whole)
        {
            double[] odds = [.. group.Zip(whole, (weight, share) => (weight + share) / (isBalanced ? share : 1))];
            double sum = odds.Sum();
            return target.Answer == AnswerForm.Probability ? [(float)(odds[1] / sum)] : [.. odds.Select(odd => (float)(odd / sum))];
        }
    }
}
