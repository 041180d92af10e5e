using System.Runtime.InteropServices;
using Lifecycle.Domain.Models;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>Counts in how many rows of each class every n-gram occurs, and keeps the most telling vocabulary.</summary>
internal sealed class CharacterNgramFit(RowTransform.CharacterNgrams definition) : TransformFit
{
    private readonly Dictionary<string, RowCount> counts = new(StringComparer.Ordinal);
    private readonly List<int> starts = [];
    private int rows;
    private int positives;

    public override void See(string text, bool label)
    {
        rows++;
        positives += label ? 1 : 0;
        string marked = definition.BoundaryMarks ? $"{FeaturizerGraph.StartMark}{text}{FeaturizerGraph.EndMark}" : text;
        FindStarts(marked);
        Dictionary<string, RowCount>.AlternateLookup<ReadOnlySpan<char>> lookup = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int length = definition.MinimumLength; length <= definition.MaximumLength; length++)
        {
            for (int first = 0; first + length < starts.Count; first++)
            {
                ReadOnlySpan<char> ngram = marked.AsSpan(starts[first]..starts[first + length]);
                CollectionsMarshal.GetValueRefOrAddDefault(lookup, ngram, out _).See(rows, label);
            }
        }
    }

    public override FittedTransform Finish() => new CharacterNgramVocabulary(
        [.. counts
            .Where(count => count.Value.Rows >= definition.MinimumCount)
            .OrderByDescending(count => Frequency(count.Value))
            .ThenBy(count => count.Key, StringComparer.Ordinal)
            .Take(definition.MaximumTerms)
            .Select(count => count.Key)]);

    // The sum of both classes' frequencies: a rare class has its say.
    private double Frequency(RowCount count) =>
        ((double)count.Positives / Math.Max(positives, 1)) + ((double)(count.Rows - count.Positives) / Math.Max(rows - positives, 1));

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

    private struct RowCount
    {
        private int lastRow;

        public int Rows { get; private set; }

        public int Positives { get; private set; }

        public void See(int row, bool label)
        {
            if (lastRow != row)
            {
                lastRow = row;
                Rows++;
                Positives += label ? 1 : 0;
            }
        }
    }
}
