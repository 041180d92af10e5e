using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Domain.Models;

/// <summary>
/// Definition of a model's features, used unchanged for training and serving: the transforms compile to one ONNX graph
/// whose inputs are the raw columns, fitted on the TrainingSet alone. A model of one text may say <see cref="Input"/>,
/// <see cref="Kind"/> and <see cref="MaximumInputBytes"/> instead of <see cref="Inputs"/>; <see cref="Schema"/> is the same for both.
/// </summary>
public sealed record FeatureView
{
    /// <summary>Column that identifies a row's entity; unique in a DataSnapshot, and what the split hashes.</summary>
    public required string Key { get; init; }

    /// <summary>Column of the time at which the row's event happened; null where rows have no time.</summary>
    public string? EventTime { get; init; }

    /// <summary>The columns that a caller sends, by name, in the order of the graph's inputs.</summary>
    [KeyedBy("name")]
    public ImmutableArray<InputColumn> Inputs { get; init; } = [];

    /// <summary>Short form: the one text column that the graph reads.</summary>
    public string? Input { get; init; }

    /// <summary>Short form: what the one input is, which decides how it is checked before scoring.</summary>
    public InputKind Kind { get; init; } = InputKind.Text;

    /// <summary>Short form: longest input in UTF-8 bytes that is scored; longer ones are refused.</summary>
    public int MaximumInputBytes { get; init; } = 253;

    /// <summary>Short form: column with the label, 0 or 1, of a definition without a target.</summary>
    public string Label { get; init; } = "label";

    /// <summary>Column of the rows' cluster, for the bootstrap; null takes <see cref="Key"/>, that is, every row for itself.</summary>
    public string? Cluster { get; init; }

    /// <summary>Column of the rows' weights in training and evaluation; null weighs all alike.</summary>
    public string? Weight { get; init; }

    /// <summary>The row transforms, in the order of the feature vector.</summary>
    public ImmutableArray<RowTransform> Transforms { get; init; } = [];

    /// <summary>What a caller sends, whichever form the definition has.</summary>
    [JsonIgnore]
    public InputSchema Schema => new(Inputs.IsDefaultOrEmpty && Input is { } text
        ? [new InputColumn { Name = text, Type = Kind == InputKind.HostName ? InputType.HostName : InputType.Text, MaximumBytes = MaximumInputBytes }]
        : Inputs.IsDefault ? [] : Inputs);
}

/// <summary>Short form: what a model's one input is.</summary>
public enum InputKind
{
    /// <summary>Any text without control characters; lower-cased by the graph.</summary>
    Text,

    /// <summary>A host name: IDN is converted to ASCII, a trailing dot removed, and the syntax of RFC 1123 asked for.</summary>
    HostName,
}

/// <summary>A list that definitions write as a mapping, whose keys are the elements' <paramref name="member"/>, in their order.</summary>
/// <param name="member">The member, as documents write it.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class KeyedByAttribute(string member) : Attribute
{
    /// <summary>The member.</summary>
    public string Member => member;
}
