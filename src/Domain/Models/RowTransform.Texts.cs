using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Domain.Models;

public abstract partial record RowTransform
{
    // ngram_counts of the graph's operator grows with it, and no useful vocabulary has longer terms.
    private const int LongestNgram = 16;

    private static RuleBreach? Lengths(int minimum, int maximum) =>
        minimum < 1 ? new("minimumLength", FormattableString.Invariant($"'minimumLength' is {minimum}; expected at least 1"))
        : maximum < minimum ? new("maximumLength", FormattableString.Invariant($"'maximumLength' is {maximum}, below 'minimumLength', {minimum}"))
        : maximum > LongestNgram ? new("maximumLength", FormattableString.Invariant($"'maximumLength' is {maximum}; expected at most {LongestNgram}"))
        : null;

    /// <summary>
    /// Counts of character n-grams over a vocabulary fitted on the TrainingSet: the most frequent ones by the sum of the
    /// per-class frequencies, so that a rare class has its say; by frequency alone where labels are numbers.
    /// </summary>
    public sealed record CharacterNgrams : RowTransform
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override ImmutableArray<InputType> Reads => Words;

        /// <inheritdoc/>
        public override RuleBreach? Problem() => Lengths(MinimumLength, MaximumLength) ?? TooFew(MaximumTerms);

        /// <summary>Shortest n-gram, in characters.</summary>
        public int MinimumLength { get; init; } = 2;

        /// <summary>Longest n-gram, in characters.</summary>
        public int MaximumLength { get; init; } = 4;

        /// <summary>An n-gram seen in fewer rows of the TrainingSet is left out.</summary>
        public int MinimumCount { get; init; } = 20;

        /// <summary>Size of the vocabulary at most.</summary>
        public int MaximumTerms { get; init; } = 3000;

        /// <summary>Puts marks around the text, so that beginnings and ends are n-grams of their own.</summary>
        public bool BoundaryMarks { get; init; } = true;
    }

    /// <summary>
    /// Counts of words, and of words that follow each other, over a vocabulary fitted as that of <see cref="CharacterNgrams"/> is. A word is
    /// a run of ASCII letters, digits and all characters that are not ASCII.
    /// </summary>
    public sealed record WordNgrams : RowTransform
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override ImmutableArray<InputType> Reads => Words;

        /// <inheritdoc/>
        public override RuleBreach? Problem() => Lengths(MinimumLength, MaximumLength) ?? TooFew(MaximumTerms);

        /// <summary>Shortest n-gram, in words.</summary>
        public int MinimumLength { get; init; } = 1;

        /// <summary>Longest n-gram, in words.</summary>
        public int MaximumLength { get; init; } = 1;

        /// <summary>An n-gram seen in fewer rows of the TrainingSet is left out.</summary>
        public int MinimumCount { get; init; } = 20;

        /// <summary>Size of the vocabulary at most.</summary>
        public int MaximumTerms { get; init; } = 1000;

        /// <summary>What an occurrence counts.</summary>
        public TermWeight Weight { get; init; } = TermWeight.Tf;
    }

    /// <summary>Counts of the text's shape: all characters, and of those in ASCII dots, hyphens, underscores, digits, vowels, consonants.</summary>
    public sealed record ShapeCounts : RowTransform
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override ImmutableArray<InputType> Reads => Words;
    }

    /// <summary>One-hot of the last label of a host name, over those frequent in the TrainingSet.</summary>
    public sealed record TopLevelDomainOneHot : RowTransform
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override ImmutableArray<InputType> Reads => [InputType.HostName];

        /// <inheritdoc/>
        public override RuleBreach? Problem() => TooFew(MaximumTerms);

        /// <summary>A label seen in fewer rows of the TrainingSet is left out.</summary>
        public int MinimumCount { get; init; } = 20;

        /// <summary>Number of labels at most.</summary>
        public int MaximumTerms { get; init; } = 200;
    }

    /// <summary>
    /// Parts of a URL: depth of its path, number of its parameters, one-hot of its host and of its file's extension over those frequent in
    /// the TrainingSet. What has no scheme begins with its host, and what begins with a slash has none.
    /// </summary>
    public sealed record Url : RowTransform
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override ImmutableArray<InputType> Reads => [InputType.Text];

        /// <inheritdoc/>
        public override RuleBreach? Problem() => TooFew(MaximumTerms);

        /// <summary>A host or extension seen in fewer rows of the TrainingSet is left out.</summary>
        public int MinimumCount { get; init; } = 20;

        /// <summary>Number of hosts, and of extensions, at most.</summary>
        public int MaximumTerms { get; init; } = 200;
    }
}
