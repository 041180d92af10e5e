using System.Collections.Immutable;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>Counts of the n-grams chosen by <see cref="NgramFit"/>, by length and then ordinal.</summary>
internal sealed record CharacterNgramVocabulary : FittedTransform
{
    private readonly TrainingColumn column;
    private readonly ImmutableArray<ImmutableArray<string>> ngrams;

    public CharacterNgramVocabulary(TrainingColumn column, ImmutableArray<string> chosen)
        : this(column, [.. chosen.Select(Split).OrderBy(ngram => ngram.Length).ThenBy(ngram => string.Concat(ngram), StringComparer.Ordinal)])
    {
    }

    private CharacterNgramVocabulary(TrainingColumn column, ImmutableArray<ImmutableArray<string>> ngrams)
        : base([.. ngrams.Select(ngram => column.NameOf("ngram", string.Concat(ngram).Replace(ColumnNodes.StartMark, '␂').Replace(ColumnNodes.EndMark, '␃')))])
    {
        this.column = column;
        this.ngrams = ngrams;
    }

    public override string Compile(FeaturizerGraph graph)
    {
        ColumnNodes nodes = graph[column.Column];
        return nodes.CountTerms("ngram_counts", nodes.Characters, [.. ngrams.Select(ngram => (IReadOnlyList<string>)ngram)]);
    }

    private static ImmutableArray<string> Split(string ngram) => [.. ngram.EnumerateRunes().Select(rune => rune.ToString())];
}
