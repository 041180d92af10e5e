using Lifecycle.Domain.Models;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>Which n-grams a text has: of characters, or of words with a space between them.</summary>
internal abstract record NgramRule(int MinimumLength, int MaximumLength, int MinimumCount, int MaximumTerms)
{
    /// <summary>Characters between two parts of an n-gram.</summary>
    public abstract int Gap { get; }

    /// <summary>The text whose stretches its n-grams are.</summary>
    public abstract string Write(string text);

    /// <summary>Where each part of a written text starts, and last where the one after it would.</summary>
    public abstract void FindStarts(string written, List<int> starts);

    /// <summary>Of code points, as the graph's characters are.</summary>
    public sealed record OfCharacters(RowTransform.CharacterNgrams Of) : NgramRule(Of.MinimumLength, Of.MaximumLength, Of.MinimumCount, Of.MaximumTerms)
    {
        public override int Gap => 0;

        public override string Write(string text) => Of.BoundaryMarks ? $"{ColumnNodes.StartMark}{text}{ColumnNodes.EndMark}" : text;

        public override void FindStarts(string written, List<int> starts)
        {
            starts.Clear();
            for (int i = 0; i < written.Length; i++)
            {
                if (!char.IsLowSurrogate(written[i]))
                {
                    starts.Add(i);
                }
            }

            starts.Add(written.Length);
        }
    }

    /// <summary>Of words, as the graph's are.</summary>
    public sealed record OfWords(RowTransform.WordNgrams Of) : NgramRule(Of.MinimumLength, Of.MaximumLength, Of.MinimumCount, Of.MaximumTerms)
    {
        public override int Gap => 1;

        public override string Write(string text) => string.Join(
            ' ', string.Concat(text.Select(character => char.IsAscii(character) && !char.IsAsciiLetterOrDigit(character) ? ' ' : character)).Split(' ', StringSplitOptions.RemoveEmptyEntries));

        public override void FindStarts(string written, List<int> starts)
        {
            starts.Clear();
            for (int i = 0; i < written.Length; i++)
            {
                if (i == 0 || written[i - 1] == ' ')
                {
                    starts.Add(i);
                }
            }

            starts.Add(written.Length + Gap);
        }
    }
}
