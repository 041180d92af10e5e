using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Domain.Models;

public abstract partial record RowTransform
{
    /// <summary>One feature for each pair of levels of two columns that is frequent in the TrainingSet: 1 where the row has both. A missing value is a level.</summary>
    public sealed record Cross : RowTransform
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override ImmutableArray<InputType> Reads => Levelled;

        /// <inheritdoc/>
        [JsonIgnore]
        public override bool ReadsPair => true;

        /// <summary>A pair seen in fewer rows of the TrainingSet has no feature.</summary>
        public int MinimumCount { get; init; } = 20;

        /// <summary>Pairs at most, the most frequent ones.</summary>
        public int MaximumTerms { get; init; } = 200;

        /// <summary>What a pair without a feature is.</summary>
        public UnknownLevel Unknown { get; init; } = UnknownLevel.None;
    }
}
