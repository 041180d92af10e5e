using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Lifecycle.Domain.Kinds;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Domain.Models;

/// <summary>A transform from raw columns of a row to some entries of its feature vector. Each is fitted on the TrainingSet alone.</summary>
[JsonConverter(typeof(KindConverter<RowTransform>))]
public abstract partial record RowTransform : IHasKinds<RowTransform>
{
    /// <summary>The kinds of transforms.</summary>
    public static KindList<RowTransform> Kinds { get; } = new KindList<RowTransform>()
        .Add<CharacterNgrams>("characterNgrams")
        .Add<ShapeCounts>("shapeCounts")
        .Add<TopLevelDomainOneHot>("topLevelDomainOneHot")
        .Add<Numeric>("numeric")
        .Add<OneHot>("oneHot")
        .Add<Frequency>("frequency")
        .Add<TargetEncoding>("targetEncoding")
        .Add<Ordinal>("ordinal")
        .Add<DateParts>("dateParts")
        .Add<Hashed>("hashed")
        .Add<WordNgrams>("wordNgrams")
        .Add<Url>("url")
        .Add<Cross>("cross");

    private static readonly ImmutableArray<InputType> Words = [InputType.Text, InputType.HostName, InputType.Category];
    private static readonly ImmutableArray<InputType> Levelled = [InputType.Category, InputType.Text, InputType.HostName, InputType.Boolean, InputType.Integer];
    private static readonly ImmutableArray<InputType> Figures = [InputType.Number, InputType.Integer, InputType.Boolean, InputType.Timestamp];

    /// <summary>The columns that it reads, each for itself unless it reads a pair; none reads the one text of a model that has no other column.</summary>
    public ImmutableArray<string> Inputs { get; init; } = [];

    /// <summary>Whether it reads two columns together, instead of each for itself.</summary>
    [JsonIgnore]
    public virtual bool ReadsPair => false;

    /// <summary>Types of columns that it can read.</summary>
    [JsonIgnore]
    public abstract ImmutableArray<InputType> Reads { get; }

    /// <summary>
    /// The number itself, of a number, an integer, a boolean or a timestamp's seconds. In this order: a missing value is imputed, the
    /// value is clipped to <see cref="Minimum"/> and <see cref="Maximum"/>, log1p, standardised.
    /// </summary>
    public sealed record Numeric : RowTransform
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override ImmutableArray<InputType> Reads => Figures;

        /// <summary>What a missing value becomes.</summary>
        public Imputation Impute { get; init; } = Imputation.None;

        /// <summary>The value of <see cref="Imputation.Constant"/>.</summary>
        public double Constant { get; init; }

        /// <summary>Adds a feature that is 1 where the value is missing.</summary>
        public bool Indicator { get; init; }

        /// <summary>Smaller values become this; null clips nothing.</summary>
        public double? Minimum { get; init; }

        /// <summary>Larger values become this; null clips nothing.</summary>
        public double? Maximum { get; init; }

        /// <summary>sign(x) ln(1 + |x|) instead of x.</summary>
        public bool Log1p { get; init; }

        /// <summary>Mean 0 and standard deviation 1 over the TrainingSet; a constant column becomes 0.</summary>
        public bool Standardise { get; init; }

        /// <summary>Number of bins of equal mass over the TrainingSet, whose number is the feature instead of the value; null bins nothing.</summary>
        public int? Bins { get; init; }
    }

    /// <summary>One feature for each level that is frequent in the TrainingSet: 1 where the row has it.</summary>
    public sealed record OneHot : RowTransform
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override ImmutableArray<InputType> Reads => Levelled;

        /// <summary>A level seen in fewer rows of the TrainingSet has no feature.</summary>
        public int MinimumCount { get; init; } = 20;

        /// <summary>Levels of one column at most, the most frequent ones.</summary>
        public int MaximumTerms { get; init; } = 200;

        /// <summary>What a level without a feature is.</summary>
        public UnknownLevel Unknown { get; init; } = UnknownLevel.None;
    }

    /// <summary>Share of the TrainingSet's rows that have the row's level; 0 for a level without a place.</summary>
    public sealed record Frequency : RowTransform
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override ImmutableArray<InputType> Reads => Levelled;

        /// <summary>A level seen in fewer rows of the TrainingSet counts as never seen.</summary>
        public int MinimumCount { get; init; } = 1;

        /// <summary>Levels of one column at most, the most frequent ones.</summary>
        public int MaximumTerms { get; init; } = 10_000;
    }

    /// <summary>
    /// Mean label of the level's rows, drawn towards the mean of all: (sum + smoothing × mean) / (rows + smoothing) (Micci-Barreca 2001).
    /// One feature a class where there are more than two. Training rows are read through graphs that did not see them.
    /// </summary>
    public sealed record TargetEncoding : RowTransform
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override ImmutableArray<InputType> Reads => Levelled;

        /// <summary>Rows that the mean of all counts for.</summary>
        public double Smoothing { get; init; } = 20;

        /// <summary>A level seen in fewer rows of the TrainingSet counts as never seen.</summary>
        public int MinimumCount { get; init; } = 1;

        /// <summary>Levels of one column at most, the most frequent ones.</summary>
        public int MaximumTerms { get; init; } = 10_000;
    }

    /// <summary>Position of the row's level in <see cref="Levels"/>, from 0; −1 for any other.</summary>
    public sealed record Ordinal : RowTransform
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override ImmutableArray<InputType> Reads => Levelled;

        /// <summary>The levels in their order.</summary>
        public required ImmutableArray<string> Levels { get; init; }
    }

    /// <summary>Parts of a point in time, on the column's own clock.</summary>
    public sealed record DateParts : RowTransform
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override ImmutableArray<InputType> Reads => [InputType.Timestamp];

        /// <summary>Which parts.</summary>
        public required ImmutableArray<DatePart> Parts { get; init; }

        /// <summary>Sine and cosine of the part's share of its cycle, instead of its number.</summary>
        public bool Cyclic { get; init; }
    }

    /// <summary>
    /// One feature for each bucket of a hash (MurmurHash3, 32 bits, seed 0, of the UTF-8): 1 where the level falls into it, whether it was
    /// seen in training or not. Levels that share a bucket are one to the model. All zeros where the value is missing.
    /// </summary>
    public sealed record Hashed : RowTransform
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override ImmutableArray<InputType> Reads => Words;

        /// <summary>Number of buckets.</summary>
        public int Buckets { get; init; } = 256;
    }
}
