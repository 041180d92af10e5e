using System.Collections.Immutable;
using Lifecycle.Domain.Models;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>Counts of the n-grams of words that were chosen, by length and then ordinal, each times its weight.</summary>
internal sealed record WordNgramVocabulary : FittedTransform
{
    private readonly TrainingColumn column;
    private readonly ImmutableArray<(string Ngram, float Weight)> terms;

    private WordNgramVocabulary(TrainingColumn column, ImmutableArray<(string Ngram, float Weight)> terms)
        : base([.. terms.Select(term => column.NameOf("words", term.Ngram))])
    {
        this.column = column;
        this.terms = terms;
    }

    public static WordNgramVocabulary Fit(RowTransform.WordNgrams definition, TrainingColumn column, TrainingLabels labels) => new(
        column,
        [
            .. NgramFit.Fit(new NgramRule.OfWords(definition), column, labels)
                .OrderBy(term => term.Ngram.Count(character => character == ' '))
                .ThenBy(term => term.Ngram, StringComparer.Ordinal)
                .Select(term => (term.Ngram, definition.Weight == TermWeight.Tf ? 1 : (float)(Math.Log((1.0 + column.Count) / (1 + term.Rows)) + 1))),
        ]);

    public override string Compile(FeaturizerGraph graph)
    {
        ColumnNodes nodes = graph[column.Column];
        return nodes.CountTerms("word_counts", nodes.Words, [.. terms.Select(term => term.Ngram.Split(' '))], [.. terms.Select(term => term.Weight)]);
    }
}
