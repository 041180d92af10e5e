using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Data.Labels;
using Lifecycle.Data.Rows;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Features;

/// <summary>
/// The queries of a split. The fold of a row is the first 32 bits of SHA-256 of the hashed column modulo the number of folds; fold 0 is the
/// Holdout. Rows that a trainer watches while it trains are a tenth, by the 32 bits that follow, of the cluster where rows have one so that no
/// cluster is on both sides; where the split is by time they are the newest.
/// A slice whose expression is null for a row does not hold the row.
/// </summary>
/// <param name="definition">The model.</param>
/// <param name="columns">The snapshot's columns.</param>
/// <param name="cut">Where the split cuts in time; null splits by folds.</param>
internal sealed class SplitQueries(ModelDefinition definition, SnapshotColumns columns, TimeCut? cut)
{
    /// <summary>The table that both sides are selected from.</summary>
    public const string Rows = "split_rows";

    /// <summary>The column with a row's side: 0 is the Holdout, above it the TrainingSet, below it neither.</summary>
    public const string SideColumn = "split_side";

    private const string WatchedColumn = "split_watched";
    private const int WatchedFolds = 10;

    private readonly FeatureView features = definition.Features;
    private readonly LabelRules labels = LabelRules.Of(definition.Predicts);

    /// <summary>Whether a part of the TrainingSet is marked for the trainer to watch.</summary>
    public bool HasValidation => definition.Trainer.NeedsValidation;

    /// <summary>The order of both files.</summary>
    public string Order => cut is null ? SplitColumns.Key : $"{SplitColumns.Time}, {SplitColumns.Key}";

    /// <summary>Rows of the Holdout.</summary>
    public static string Holdout { get; } = $"SELECT * FROM {Rows} WHERE {SideColumn} = 0";

    /// <summary>Rows of the TrainingSet.</summary>
    public static string Training { get; } = $"SELECT * FROM {Rows} WHERE {SideColumn} > 0";

    /// <summary>Deals the labels of the TrainingSet anew among its rows: which row gets whose is said by two hashes of their keys.</summary>
    public static string ShuffleLabels { get; } = $"""
        UPDATE {Rows} SET label = dealt.label FROM (
            SELECT taker.key, giver.label FROM (SELECT key, row_number() OVER (ORDER BY sha256('taker ' || key)) AS place FROM ({Training})) AS taker
            JOIN (SELECT label, row_number() OVER (ORDER BY sha256('giver ' || key)) AS place FROM ({Training})) AS giver USING (place)) AS dealt
        WHERE {Rows}.key = dealt.key AND {SideColumn} > 0
        """;

    /// <summary>What the Holdout's file holds.</summary>
    public string HoldoutFile => $"SELECT * EXCLUDE ({Hidden}) FROM ({Holdout})";

    /// <summary>What the TrainingSet's file holds.</summary>
    /// <param name="watchedAfter">Time after which rows are watched, in microseconds; null where the split is by folds.</param>
    public string TrainingFile(long? watchedAfter)
    {
        string watched = watchedAfter is { } after ? $"epoch_us({SplitColumns.Time}) > {Text(after)}" : WatchedColumn;
        return $"SELECT * EXCLUDE ({Hidden}){(HasValidation ? $", {watched} AS {SplitColumns.Validation}" : "")} FROM ({Training})";
    }

    /// <summary>Makes the table that both sides are selected from: rows between the sides are in neither, with the side -1.</summary>
    public string CreateRows(string snapshotPath)
    {
        ImmutableArray<string?> selected =
        [
            $"{Column("features.key", features.Key)}::VARCHAR AS {SplitColumns.Key}",
            .. features.Schema.Columns.Select(Input),
            $"{labels.Numbered(Column("target.label", definition.Predicts.Label))} AS {SplitColumns.Label}",
            features.Weight is { } weight ? $"{Column("features.weight", weight)}::DOUBLE AS {SplitColumns.Weight}" : null,
            features.Cluster is { } cluster ? $"{Column("features.cluster", cluster)}::VARCHAR AS {SplitColumns.Cluster}" : null,
            definition.Reference.LookupColumn is { } lookup ? $"{labels.Numbered(Column("reference.lookupColumn", lookup))} AS {SplitColumns.Lookup}" : null,
            cut is null ? null : $"{cut.Timestamp} AS {SplitColumns.Time}",
            .. definition.Slices.Select(slice => $"coalesce((\n{slice.Value}\n)::BOOLEAN, false) AS {Sql.Name(SplitColumns.Slice(slice.Key))}"),
            HasValidation && cut is null ? $"{Bits(9, features.Cluster is { } whole ? Sql.Name(whole) : SplitBy)} % {WatchedFolds} = 0 AS {WatchedColumn}" : null,
            $"{cut?.Side ?? $"({Bits(1, SplitBy)} % {Text(definition.Split.FoldCount())})::INTEGER"} AS {SideColumn}",
        ];
        return $"CREATE TEMP TABLE {Rows} AS SELECT {string.Join(",\n", selected.OfType<string>())} FROM read_parquet({Sql.Literal(snapshotPath)})";
    }

    private string Hidden => HasValidation && cut is null ? $"{SideColumn}, {WatchedColumn}" : SideColumn;

    private string SplitBy => Column("split.column", definition.Split.Column ?? features.Key);

    private string Input(InputColumn input)
    {
        Column($"features.inputs.{input.Name}", input.Name);
        string type = columns.TypeOf(input.Name)!;
        return SplitColumns.Fits(input, type)
            ? $"{SplitColumns.Stored(input, type)} AS {Sql.Name(SplitColumns.Input(input.Name))}"
            : throw new InvalidDataSourceException($"input '{input.Name}' of '{definition.Name}' is {type} in the snapshot, expected {SplitColumns.Wanted(input)}; cast it in {definition.Source.Sql}");
    }

    private string Column(string path, string name) => columns.Contains(name)
        ? Sql.Name(name)
        : throw new InvalidDataSourceException(
            $"the snapshot of '{definition.Name}' has no column '{name}' ('{path}'); it has {ShownText.Names([.. columns.Names])}. Select it in {definition.Source.Sql}");

    // Hexadecimal digits from..from+7 of the hash are 32 of its bits.
    private static string Bits(int from, string column) => $"('0x' || substr(sha256({column}::VARCHAR), {Text(from)}, 8))::UBIGINT";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
