using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Lifecycle.Domain.Models;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>Counts in how many rows of each class every n-gram occurs, and keeps the most telling vocabulary.</summary>
internal sealed class CharacterNgramFit
{
    private readonly RowTransform.CharacterNgrams definition;
    private readonly int classes;
    private readonly long[] classRows;
    private readonly int[] noRows;
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<int> lastRows = [];
    private readonly List<int> counts = [];
    private readonly List<int> starts = [];

    private CharacterNgramFit(RowTransform.CharacterNgrams definition, int classes)
    {
        this.definition = definition;
        this.classes = classes;
        classRows = new long[classes];
        noRows = new int[classes];
    }

    public static CharacterNgramVocabulary Fit(RowTransform.CharacterNgrams definition, TrainingColumn column, TrainingLabels labels)
    {
        CharacterNgramFit fit = new(definition, labels.ClassCount);
        for (int row = 0; row < column.Count; row++)
        {
            fit.See(column.Texts[row], row + 1, labels.ClassOf(row));
        }

        return new CharacterNgramVocabulary(column, fit.Choose());
    }

    private void See(string text, int row, int label)
    {
        classRows[label]++;
        string marked = definition.BoundaryMarks ? $"{ColumnNodes.StartMark}{text}{ColumnNodes.EndMark}" : text;
        FindStarts(marked);
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int length = definition.MinimumLength; length <= definition.MaximumLength; length++)
        {
            for (int first = 0; first + length < starts.Count; first++)
            {
                ReadOnlySpan<char> ngram = marked.AsSpan(starts[first]..starts[first + length]);
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

    private ImmutableArray<string> Choose() =>
    [
        .. numbers
            .Where(ngram => Rows(ngram.Value) >= definition.MinimumCount)
            .OrderByDescending(ngram => Frequency(ngram.Value))
            .ThenBy(ngram => ngram.Key, StringComparer.Ordinal)
            .Take(definition.MaximumTerms)
            .Select(ngram => ngram.Key),
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

    // Where each code point starts, and last the end; the graph's characters are code points, too.
    private void FindStarts(string text)
    {
        starts.Clear();
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsLowSurrogate(text[i]))
            {
                starts.Add(i);
            }
        }

        starts.Add(text.Length);
    }
}
