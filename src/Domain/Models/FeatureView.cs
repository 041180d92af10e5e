using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Lifecycle.Domain.Training;

namespace Lifecycle.Domain.Models;

/// <summary>
/// Definition of a model's features, used unchanged for training and serving: the transforms compile to one ONNX graph
/// whose only input is the raw text, fitted on the TrainingSet alone.
/// </summary>
public sealed record FeatureView
{
    /// <summary>Column that identifies a row's entity; unique in a DataSnapshot, and what the split hashes.</summary>
    public required string Key { get; init; }

    /// <summary>Text column that the graph reads.</summary>
    public required string Input { get; init; }

    /// <summary>Column with the label, 0 or 1.</summary>
    public string Label { get; init; } = "label";

    /// <summary>Column of the rows' cluster, for the bootstrap; null takes <see cref="Key"/>, that is, every row for itself.</summary>
    public string? Cluster { get; init; }

    /// <summary>Column of the rows' weights in training and evaluation; null weighs all alike.</summary>
    public string? Weight { get; init; }

    /// <summary>What the input is, which decides how it is checked before scoring.</summary>
    public InputKind Kind { get; init; } = InputKind.Text;

    /// <summary>Longest input in UTF-8 bytes that is scored; longer ones are refused.</summary>
    public int MaximumInputBytes { get; init; } = 253;

    /// <summary>The row transforms, in the order of the feature vector.</summary>
    public ImmutableArray<RowTransform> Transforms { get; init; } = [];
}

/// <summary>What a model's input is.</summary>
public enum InputKind
{
    /// <summary>Any text without control characters; lower-cased by the graph.</summary>
    Text,

    /// <summary>A host name: IDN is converted to ASCII, a trailing dot removed, and the syntax of RFC 1123 asked for.</summary>
    HostName,
}

/// <summary>A transform from the raw text of a row to some entries of its feature vector.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(CharacterNgrams), "characterNgrams")]
[JsonDerivedType(typeof(ShapeCounts), "shapeCounts")]
[JsonDerivedType(typeof(TopLevelDomainOneHot), "topLevelDomainOneHot")]
public abstract record RowTransform
{
    private RowTransform()
    {
    }

    /// <summary>
    /// Counts of character n-grams over a vocabulary fitted on the TrainingSet: the most frequent ones by the sum of the
    /// per-class frequencies, so that a rare class has its say.
    /// </summary>
    public sealed record CharacterNgrams : RowTransform
    {
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

    /// <summary>Counts of the text's shape: all characters, and of those in ASCII dots, hyphens, underscores, digits, vowels, consonants.</summary>
    public sealed record ShapeCounts : RowTransform;

    /// <summary>One-hot of the last label of a host name, over those frequent in the TrainingSet.</summary>
    public sealed record TopLevelDomainOneHot : RowTransform
    {
        /// <summary>A label seen in fewer rows of the TrainingSet is left out.</summary>
        public int MinimumCount { get; init; } = 20;

        /// <summary>Number of labels at most.</summary>
        public int MaximumTerms { get; init; } = 200;
    }
}
