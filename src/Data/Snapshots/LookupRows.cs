using System.Collections.Immutable;
using System.Data.Common;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Releases;

namespace Lifecycle.Data.Snapshots;

/// <summary>What a model knows by heart before it has labels: the rows that the script of <c>reference.coldStart.lookup</c> selects.</summary>
public static class LookupRows
{
    private const string InputColumn = "input";
    private const string LabelColumn = "label";

    /// <summary>
    /// The definition with the lookup in the place of its data, so that it is taken as any DataSnapshot: locked down, sorted, with
    /// the digests of what it read.
    /// </summary>
    /// <param name="definition">The model; it has a cold start with a lookup.</param>
    public static ModelDefinition SourceOf(ModelDefinition definition)
    {
        ColdStartDefinition start = definition.Reference.ColdStart
            ?? throw new InvalidDataSourceException($"'{definition.Name}' has no 'reference.coldStart'");
        return definition with
        {
            Source = definition.Source with { Sql = start.Lookup!, Files = start.Files, Feedback = false },
            Plan = new() { Listed = [new SnapshotDefinition { Id = Origin.ReferenceName, Cutoff = start.Cutoff, Parameters = start.Parameters }] },
        };
    }

    /// <summary>Most rows of a lookup.</summary>
    public const int MaximumRows = 200_000;

    /// <summary>Reads the rows: the label of every input.</summary>
    /// <param name="parquetPath">The rows as they were taken.</param>
    /// <param name="script">Name of the script, for messages.</param>
    /// <param name="limits">What reading may use.</param>
    /// <exception cref="InvalidDataSourceException">A column is missing, or a row says nothing, or there are more than <see cref="MaximumRows"/>.</exception>
    public static ImmutableArray<KnownLabel> Read(string parquetPath, string script, DataLimits limits)
    {
        using ParquetFile file = new(parquetPath, limits);
        string[] found = [.. file.Columns()];
        if (new[] { InputColumn, LabelColumn }.FirstOrDefault(wanted => !found.Contains(wanted, StringComparer.OrdinalIgnoreCase)) is { } missing)
        {
            throw new InvalidDataSourceException(
                $"{script} selects no column '{missing}'; it selects {string.Join(", ", found)}. Select the text as 'input' and 0 or 1 as 'label'");
        }

        ImmutableArray<KnownLabel>.Builder rows = ImmutableArray.CreateBuilder<KnownLabel>();
        foreach (DbDataReader row in file.Rows($"{InputColumn}::VARCHAR, {LabelColumn}::VARCHAR"))
        {
            string? label = row.IsDBNull(1) ? null : row.GetString(1);
            if (row.IsDBNull(0) || label is not ("0" or "1"))
            {
                throw new InvalidDataSourceException(
                    $"{script} selects the row input '{(row.IsDBNull(0) ? "null" : row.GetString(0))}', label '{label ?? "null"}'; expected a text and 0 or 1. Leave out what is not known");
            }

            rows.Add(new KnownLabel(row.GetString(0), label == "1"));
            if (rows.Count > MaximumRows)
            {
                throw new InvalidDataSourceException($"{script} selects more than {MaximumRows:N0} rows; a lookup is a part of the model's file: select what matters most");
            }
        }

        return rows.ToImmutable();
    }
}

/// <summary>One input whose label is known by heart.</summary>
public readonly record struct KnownLabel(string Input, bool Label);
