using System.Collections.Immutable;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>Counts of the n-grams chosen by <see cref="CharacterNgramFit"/>, by length and then ordinal.</summary>
internal sealed record CharacterNgramVocabulary : FittedTransform
{
    private readonly ImmutableArray<ImmutableArray<string>> ngrams;

    public CharacterNgramVocabulary(ImmutableArray<string> chosen)
        : this([.. chosen.Select(Split).OrderBy(ngram => ngram.Length).ThenBy(ngram => string.Concat(ngram), StringComparer.Ordinal)])
    {
    }

    private CharacterNgramVocabulary(ImmutableArray<ImmutableArray<string>> ngrams)
        : base([.. ngrams.Select(ngram => "ngram:" + string.Concat(ngram).Replace(FeaturizerGraph.StartMark, '␂').Replace(FeaturizerGraph.EndMark, '␃'))]) =>
        this.ngrams = ngrams;

    public override string Compile(FeaturizerGraph graph) =>
        graph.CountTerms("ngram_counts", graph.Characters, [.. ngrams.Select(ngram => (IReadOnlyList<string>)ngram)]);

    private static ImmutableArray<string> Split(string ngram) => [.. ngram.EnumerateRunes().Select(rune => rune.ToString())];
}
