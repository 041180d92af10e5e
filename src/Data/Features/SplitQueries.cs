using System.Globalization;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Training;

namespace Lifecycle.Data.Features;

/// <summary>
/// The queries of a split. The fold of a row is the first 32 bits of SHA-256 of the hashed column modulo the number of
/// folds; fold 0 is the Holdout. A slice whose expression is null for a row does not hold the row.
/// </summary>
internal static class SplitQueries
{
    /// <summary>Rows of the TrainingSet, in no order.</summary>
    public const string Training = "SELECT key, input, label, weight FROM split_rows WHERE fold <> 0";

    /// <summary>Rows of the Holdout, in no order.</summary>
    public const string Holdout = "SELECT * EXCLUDE (fold) FROM split_rows WHERE fold = 0";

    /// <summary>Makes the table that both sides are selected from.</summary>
    public static string CreateRows(ModelDefinition definition, string snapshotPath)
    {
        FeatureView features = definition.Features;
        return string.Create(CultureInfo.InvariantCulture, $"""
            CREATE TEMP TABLE split_rows AS
            SELECT
                {Sql.Name(features.Key)}::VARCHAR AS key,
                {Sql.Name(features.Schema.Columns[0].Name)}::VARCHAR AS input,
                {Sql.Name(features.Label)}::TINYINT AS label,
                {(features.Weight is { } weight ? $"{Sql.Name(weight)}::DOUBLE" : "1::DOUBLE")} AS weight,
                {Sql.Name(features.Cluster ?? features.Key)}::VARCHAR AS cluster,
                {(definition.Reference.LookupColumn is { } lookup ? Sql.Name(lookup) : "NULL")}::TINYINT AS lookup,
                {string.Concat(definition.Slices.Select(slice => $"coalesce(({slice.Value}\n)::BOOLEAN, false) AS {Sql.Name(ParquetRows.SlicePrefix + slice.Key)}, "))}
                ('0x' || substr(sha256({Sql.Name(definition.Split.Column ?? features.Key)}::VARCHAR), 1, 8))::UBIGINT % {definition.Split.Folds} AS fold
            FROM read_parquet({Sql.Literal(snapshotPath)})
            """);
    }
}
