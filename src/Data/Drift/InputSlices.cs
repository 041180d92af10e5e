using System.Collections.Immutable;
using Lifecycle.Data.Tables;

namespace Lifecycle.Data.Drift;

/// <summary>
/// Which texts belong to the slices that a watch protects. A text is all that traffic has, so a slice is a boolean SQL expression
/// over the column <c>input</c>, and holds on the Holdout and on traffic alike. Where it is null, the text does not belong.
/// </summary>
/// <param name="expressions">Name of a slice, and its expression.</param>
/// <param name="scratchFolder">Folder for what does not fit in memory.</param>
/// <param name="limits">What the work may use.</param>
public sealed class InputSlices(ImmutableSortedDictionary<string, string> expressions, string scratchFolder, DataLimits limits)
{
    /// <summary>For each slice whether each of the texts belongs to it, in their order.</summary>
    /// <exception cref="InvalidDataSourceException">An expression is no SQL, or not over <c>input</c> alone.</exception>
    public ImmutableSortedDictionary<string, ImmutableArray<bool>> Members(IReadOnlyList<string> inputs, CancellationToken cancellation)
    {
        if (expressions.IsEmpty)
        {
            return ImmutableSortedDictionary<string, ImmutableArray<bool>>.Empty;
        }

        using DuckSession session = DuckSession.Open(limits, [], scratchFolder, cancellation);
        session.Execute("CREATE TABLE texts (row INTEGER, input VARCHAR)");
        session.Append("texts", inputs.Index(), (row, text) =>
        {
            row.AppendValue(text.Index);
            row.AppendValue(text.Item);
        });
        return expressions.ToImmutableSortedDictionary(slice => slice.Key, slice => Members(session, slice.Key, slice.Value, cancellation), StringComparer.Ordinal);
    }

    // The expression stands on lines of its own, so that a comment at its end hides nothing but itself.
    private ImmutableArray<bool> Members(DuckSession session, string name, string expression, CancellationToken cancellation)
    {
        string noun = $"'watch.protectedSlices.{name}', a boolean SQL expression over 'input',";
        long texts = session.Scalar<long>("SELECT count(*) FROM texts");
        ImmutableArray<bool> members = new DataWork(noun, limits).Run(
            _ => session.Rows($"SELECT coalesce((\n{expression}\n)::BOOLEAN, false) FROM texts ORDER BY row", reader => reader.GetBoolean(0)), cancellation);
        return members.Length == texts
            ? members
            : throw new InvalidDataSourceException($"{noun} gives {members.Length} answers for {texts} texts; leave aggregates out");
    }
}
