using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.NewKinds.Tests;

/// <summary>A kind of target that the product does not know: classes in an order, such as how hard it rains.</summary>
public sealed record Ordinal : Target
{
    /// <summary>The levels, from the lowest to the highest.</summary>
    public required ImmutableArray<string> Levels { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override ImmutableArray<string> ClassNames => Levels;

    /// <inheritdoc/>
    [JsonIgnore]
    public override AnswerForm Answer => AnswerForm.Probabilities;

    /// <inheritdoc/>
    public bool Equals(Ordinal? other) => other is not null && Label == other.Label && Levels.SequenceEqual(other.Levels);

    /// <inheritdoc/>
    public override int GetHashCode() => Levels.Aggregate(Label.GetHashCode(StringComparison.Ordinal), HashCode.Combine);
}
