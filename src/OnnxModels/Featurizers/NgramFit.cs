using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>Counts in how many rows of each class every n-gram occurs, and keeps the most telling vocabulary.</summary>
internal sealed class NgramFit
{
    private readonly NgramRule rule;
    private readonly int classes;
    private readonly long[] classRows;
    private readonly int[] noRows;
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<int> lastRows = [];
    private readonly List<int> counts = [];
    private readonly List<int> starts = [];

    private NgramFit(NgramRule rule, int classes)
    {
        this.rule = rule;
        this.classes = classes;
        classRows = new long[classes];
        noRows = new int[classes];
    }

    /// <summary>The vocabulary as each n-gram is written, and in how many rows it occurs.</summary>
    public static ImmutableArray<(string Ngram, int Rows)> Fit(NgramRule rule, TrainingColumn column, TrainingLabels labels)
    {
        NgramFit fit = new(rule, labels.ClassCount);
        for (int row = 0; row < column.Count; row++)
        {
            fit.See(rule.Write(column.Texts[row]), row + 1, labels.ClassOf(row));
        }

        return fit.Choose();
    }

    private void See(string text, int row, int label)
    {
        classRows[label]++;
        rule.FindStarts(text, starts);
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int length = rule.MinimumLength; length <= rule.MaximumLength; length++)
        {
            for (int first = 0; first + length < starts.Count; first++)
            {
                ReadOnlySpan<char> ngram = text.AsSpan(starts[first]..(starts[first + length] - rule.Gap));
                ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(lookup, ngram, out bool isKnown);
                if (!isKnown)
                {
                    number = lastRows.Count;
                    lastRows.Add(0);
                    counts.AddRange(noRows);
                }

                if (lastRows[number] != row)
                {
                    lastRows[number] = row;
                    counts[(number * classes) + label]++;
                }
            }
        }
    }

    private ImmutableArray<(string Ngram, int Rows)> Choose() =>
    [
        .. numbers
            .Where(ngram => Rows(ngram.Value) >= rule.MinimumCount)
            .OrderByDescending(ngram => Frequency(ngram.Value))
            .ThenBy(ngram => ngram.Key, StringComparer.Ordinal)
            .Take(rule.MaximumTerms)
            .Select(ngram => (ngram.Key, Rows(ngram.Value))),
    ];

    private int Rows(int number)
    {
        int rows = 0;
        for (int label = 0; label < classes; label++)
        {
            rows += counts[(number * classes) + label];
        }

        return rows;
    }

    // The sum of the classes' frequencies: a rare class has its say.
    private double Frequency(int number)
    {
        double frequency = 0;
        for (int label = 0; label < classes; label++)
        {
            frequency += (double)counts[(number * classes) + label] / Math.Max(classRows[label], 1);
        }

        return frequency;
    }
}
