using System.Collections.Immutable;
using DuckDB.NET.Data;
using Lifecycle.Data.Drift;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Definitions;

/// <summary>
/// Asks the database whether it understands the SQL and the regular expressions of a model definition, over empty tables with the
/// contract's columns: planned, never run, so that a defect shows when the definition is read and not in the sixth stage.
/// </summary>
/// <param name="limits">What the questions may use.</param>
public sealed class DefinitionSql(DataLimits limits)
{
    // A contract's timestamp may be any of these in a file.
    private static readonly ImmutableArray<string> Timestamps = ["TIMESTAMP", "DATE", "TIMESTAMPTZ"];

    /// <summary>All that is not understood, each with its place in the definition.</summary>
    /// <exception cref="DataDeadlineException">The database did not answer in time.</exception>
    public ImmutableArray<RuleBreach> Check(ModelDefinition definition, CancellationToken cancellation) =>
        new DataWork($"checking the SQL of {definition.Name}", limits).Run(token => Answers(definition, token), cancellation);

    private ImmutableArray<RuleBreach> Answers(ModelDefinition definition, CancellationToken cancellation)
    {
        DirectoryInfo spill = Directory.CreateTempSubdirectory("lifecycle-definition-");
        try
        {
            using DuckSession session = DuckSession.Open(limits, [], spill.FullName, cancellation);
            CreateTables(session, definition.Contract);
            session.Execute($"CREATE TABLE asked ({string.Join(", ", definition.Features.Schema.Columns.Select(column => Asked(definition.Features.Schema, column)))})");
            return [.. Questions(definition).SelectMany(question => Ask(session, question))];
        }
        finally
        {
            spill.Delete(recursive: true);
        }
    }

    private static void CreateTables(DuckSession session, DataContract contract)
    {
        foreach (string timestamp in Timestamps)
        {
            string columns = contract.Columns.IsEmpty
                ? "\"\" VARCHAR"
                : string.Join(", ", contract.Columns.Select(column => $"{Sql.Name(column.Key)} {TypeOf(column.Value.Type, timestamp)}"));
            session.Execute($"CREATE TABLE {Rows(timestamp)} ({columns})");
        }
    }

    // What a request holds, as a watch finds it.
    private static string Asked(InputSchema schema, InputColumn column) => $"{InputSlices.NameOf(schema, column)} {column.Type switch
    {
        InputType.Number => "FLOAT",
        InputType.Integer => "BIGINT",
        InputType.Boolean => "BOOLEAN",
        InputType.Timestamp => "TIMESTAMP",
        _ => "VARCHAR",
    }}";

    private static string Rows(string timestamp) => $"rows_{timestamp}";

    private static string TypeOf(ColumnType type, string timestamp) => type switch
    {
        ColumnType.Text => "VARCHAR",
        ColumnType.Integer => "BIGINT",
        ColumnType.Number => "DOUBLE",
        ColumnType.Boolean => "BOOLEAN",
        _ => timestamp,
    };

    // Every expression stands on lines of its own, as where it is used: a comment at its end hides nothing but itself.
    private static IEnumerable<Question> Questions(ModelDefinition definition) =>
    [
        .. definition.Contract.Columns.Where(column => column.Value.Pattern is not null)
            .Select(column => new Question($"contract.columns.{column.Key}.pattern", $"the pattern of column '{column.Key}' is no regular expression (RE2)", [$"SELECT regexp_full_match('', {Sql.Literal(column.Value.Pattern!)})"])),
        .. definition.Contract.Distributions.Index().SelectMany(one => Distribution(one.Index, one.Item)),
        .. definition.Slices.Select(slice => OverRows($"slices.{slice.Key}", $"slice '{slice.Key}' is no boolean SQL expression over snapshot columns", rows => $"SELECT *, coalesce((\n{slice.Value}\n)::BOOLEAN, false) FROM {rows}")),
        .. definition.Watch.ProtectedSlices.Select(slice => new Question($"watch.protectedSlices.{slice.Key}", $"slice '{slice.Key}' is no boolean SQL expression over {InputSlices.Noun(definition.Features.Schema)}", [$"SELECT *, coalesce((\n{slice.Value}\n)::BOOLEAN, false) FROM asked"])),
    ];

    private static IEnumerable<Question> Distribution(int index, DistributionContract distribution)
    {
        string noun = $"distribution '{distribution.Name}'";
        yield return OverRows($"contract.distributions[{index}].expression", $"{noun} is no SQL expression over snapshot columns", rows => $"SELECT *, (\n{distribution.Expression}\n) FROM {rows}");
        if (distribution.Where is { } condition)
        {
            yield return OverRows($"contract.distributions[{index}].where", $"the 'where' of {noun} is no SQL condition over snapshot columns", rows => $"SELECT * FROM {rows} WHERE (\n{condition}\n)");
        }
    }

    private static Question OverRows(string path, string complaint, Func<string, string> query) =>
        new(path, complaint, [.. Timestamps.Select(timestamp => query(Rows(timestamp)))]);

    private static IEnumerable<RuleBreach> Ask(DuckSession session, Question question)
    {
        string? first = null;
        foreach (string query in question.Queries)
        {
            if (Complaint(session, query) is not { } complaint)
            {
                return [];
            }

            first ??= complaint;
        }

        return [new RuleBreach(question.Path, $"{question.Complaint}: {first}")];
    }

    // What is not one SELECT is refused before it is planned: a second statement would be run.
    private static string? Complaint(DuckSession session, string query)
    {
        try
        {
            (long statements, string? problem) = session.Rows(
                $"SELECT coalesce(json_array_length(parsed->'statements'), 0)::BIGINT, parsed->>'error_message' FROM (SELECT json_serialize_sql({Sql.Literal(query)})::JSON AS parsed)",
                row => (row.GetInt64(0), row.IsDBNull(1) ? null : row.GetString(1))).Single();
            if (statements != 1)
            {
                return problem ?? "it is more than one expression";
            }

            session.Rows($"EXPLAIN {query}", _ => true);
            return null;
        }
        catch (DuckDBException wrong)
        {
            return wrong.Message.ReplaceLineEndings(" ").Trim();
        }
    }

    private sealed record Question(string Path, string Complaint, ImmutableArray<string> Queries);
}
