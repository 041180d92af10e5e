using System.Collections.Immutable;
using Lifecycle.Data.Rows;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Drift;

/// <summary>
/// Which rows belong to the slices that a watch protects. The inputs are all that traffic has, so a slice is a boolean SQL expression
/// over their columns, <c>input</c> where there is one text, and holds on the Holdout and on traffic alike. Where it is null, the row does
/// not belong.
/// </summary>
/// <param name="schema">The inputs.</param>
/// <param name="limits">What the work may use.</param>
public sealed class InputSlices(InputSchema schema, DataLimits limits)
{
    private const string Number = "number of the row";

    /// <summary>For each row, by its number, whether it belongs to a slice.</summary>
    /// <param name="name">Name of the slice.</param>
    /// <param name="expression">Its expression.</param>
    /// <param name="sidePath">Rows that <see cref="AnsweredRows"/> wrote.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InvalidDataSourceException">The expression is no SQL, or not over the inputs alone.</exception>
    public ImmutableArray<bool> Members(string name, string expression, string sidePath, CancellationToken cancellation)
    {
        string noun = $"'watch.protectedSlices.{name}', a boolean SQL expression over {Noun(schema)},";
        return new DataWork(noun, limits).Run(
            token =>
            {
                using StagingFolder spill = new(sidePath);
                using DuckSession session = DuckSession.Open(limits, FigureRows.Folders(sidePath), spill.Path, token);
                string side = $"SELECT {Selection} FROM read_parquet({Sql.Literal(Path.GetFullPath(sidePath))})";
                long rows = session.Scalar<long>($"SELECT count(*) FROM ({side})");

                // The expression stands on lines of its own, so that a comment at its end hides nothing but itself.
                ImmutableArray<bool> members = session.Rows(
                    $"SELECT coalesce((\n{expression}\n)::BOOLEAN, false) FROM ({side}) ORDER BY {Sql.Name(Number)}", reader => reader.GetBoolean(0));
                return members.Length == rows
                    ? members
                    : throw new InvalidDataSourceException($"{noun} gives {members.Length} answers for {rows} rows; leave aggregates out");
            },
            cancellation);
    }

    /// <summary>What the expressions are over, for messages.</summary>
    internal static string Noun(InputSchema schema) => schema.OnlyText is not null ? $"'{SplitColumns.OnlyText}'" : $"the inputs {string.Join(", ", schema.Columns.Select(column => $"'{column.Name}'"))}";

    /// <summary>SQL name of an input in the expressions.</summary>
    internal static string NameOf(InputSchema schema, InputColumn input) => schema.OnlyText is not null ? SplitColumns.OnlyText : Sql.Name(input.Name);

    private string Selection => string.Join(", ", schema.Columns
        .Select(column => $"{SplitColumns.NameOf(schema, column)} AS {NameOf(schema, column)}")
        .Prepend($"row AS {Sql.Name(Number)}"));
}
