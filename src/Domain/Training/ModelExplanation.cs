using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lifecycle.Domain.Training;

/// <summary>
/// The document that explains a published model, <c>explanation.json</c> beside its <c>model.onnx</c>: what the graph itself does not hold.
/// Trees and coefficients are read out of the graph. Format: docs/formats/explanation.md.
/// </summary>
public sealed record ModelExplanation
{
    /// <summary>The value of <see cref="Format"/> that this version writes.</summary>
    public const string CurrentFormat = "lifecycle-explanation/1";

    /// <summary>Names the layout, for readers.</summary>
    public string Format { get; init; } = CurrentFormat;

    /// <summary>What a raw score is, in words, such as <c>log-odds</c>.</summary>
    public required string Scale { get; init; }

    /// <summary>Names of the features, in the order of the vector.</summary>
    public required ImmutableArray<string> Features { get; init; }

    /// <summary>Which column each feature is made of: stretches of the vector, one after the other.</summary>
    public required ImmutableArray<FeatureSpan> Columns { get; init; }

    /// <summary>Of trees: the training rows in each leaf, tree by tree in the graph's order; empty for other models, and where the trainer does not tell.</summary>
    public ImmutableArray<ImmutableArray<int>> LeafRows { get; init; } = [];

    /// <summary>What the trainer told; null where it told nothing.</summary>
    public TrainingRecord? Training { get; init; }

    /// <summary>Reads a document that <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are no such document, or do not fit together.</exception>
    public static ModelExplanation Read(ReadOnlySpan<byte> bytes, string name)
    {
        ModelExplanation read = DomainJson.ReadRecord<ModelExplanation>(bytes, name);
        if (read.Format != CurrentFormat)
        {
            throw new InvalidDataException($"{name} is of the format '{read.Format}'; expected {CurrentFormat}: take the version of lifecycle that wrote it.");
        }

        long counted = read.Columns.Sum(span => (long)span.Count);
        return counted == read.Features.Length
            ? read
            : throw new InvalidDataException($"{name} names {read.Features.Length} features, and its columns count {counted}; expected as many.");
    }

    /// <summary>The stretch that each feature is in.</summary>
    public ImmutableArray<FeatureSpan> SpanOfEach() => [.. Columns.SelectMany(span => Enumerable.Repeat(span, span.Count))];

    /// <summary>The document as UTF-8 JSON; the same explanation gives the same bytes.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, DomainJson.Compact);
}

/// <summary>Consecutive features of one column, or of two together.</summary>
/// <param name="Column">The column.</param>
/// <param name="Count">How many features.</param>
public sealed record FeatureSpan(string Column, int Count)
{
    /// <summary>The other column, of features that cross two; null of one column.</summary>
    public string? With { get; init; }

    /// <summary>The columns; what a feature of two does is half of either.</summary>
    [JsonIgnore]
    public ImmutableArray<string> All => With is null ? [Column] : [Column, With];

    /// <summary>The columns for people.</summary>
    [JsonIgnore]
    public string Title => string.Join(" & ", All);
}
