using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Definitions.Drafts;

/// <summary>A first model definition for a file of rows: made to run, and to be read and corrected by who knows the data.</summary>
/// <param name="Definition">Text of model.yaml.</param>
/// <param name="Script">Text of the script.</param>
/// <param name="RowsFile">Name of the rows in the model's folder.</param>
/// <param name="Decisions">What was decided and why.</param>
public sealed record ModelDraft(string Definition, string Script, string RowsFile, ImmutableArray<string> Decisions)
{
    /// <summary>Name of the script in the model's folder.</summary>
    public const string ScriptFile = "snapshot.sql";

    private const int MostAllowedValues = 20;

    /// <summary>Drafts a definition.</summary>
    /// <param name="name">Name of the model.</param>
    /// <param name="profile">What the file looks like.</param>
    /// <param name="label">Column of the label.</param>
    /// <param name="today">The cutoff of rows that have no time.</param>
    /// <exception cref="DraftException">No model can be made of the file; the message says why.</exception>
    public static ModelDraft Of(string name, TableProfile profile, string label, DateOnly today)
    {
        DraftPlan plan = DraftPlan.Of(profile, label);
        string file = $"rows.{DraftText.Camel(profile.Format)}";
        ImmutableArray<string>.Builder decisions = plan.Decisions.ToBuilder();
        DraftTrainer.Explain(plan, decisions);
        return new ModelDraft(Yaml(name, plan, file, today), Sql(plan), file, decisions.ToImmutable());
    }

    private static string Yaml(string name, DraftPlan plan, string file, DateOnly today)
    {
        StringBuilder yaml = new();
        DateOnly cutoff = plan.EventTime?.Latest is { } latest ? DateOnly.FromDateTime(latest) : today;
        Line(yaml, $$"""
            name: {{name}}
            owner: someone   # the team or person that answers for the model
            description: Predicts {{DraftText.Yaml(plan.Label.Name).Trim('\'')}}.   # say it for those who approve it

            source:
              files: { rows: {{DraftText.Yaml(file)}} }   # with '{snapshot}' in the name, one file a snapshot
              sql: {{ScriptFile}}

            snapshots:
              - { id: {{cutoff:yyyy-MM}}, cutoff: {{cutoff:yyyy-MM-dd}} }   # nothing known after the cutoff is in the rows

            target: {{Target(plan.Target)}}

            # What every good file keeps to; a broken rule stops the run.
            contract:
              minimumRows: {{Math.Max(1, (plan.Profile.RowCount - plan.Label.NullCount) / 2)}}   # the file has {{plan.Profile.RowCount}}
              columns:
            """);
        if (plan.Key is null)
        {
            Line(yaml, $"    {plan.Names.RowKey}: {{ type: integer, unique: true }}");
        }

        foreach (ColumnProfile column in Kept(plan))
        {
            Line(yaml, $"    {DraftText.Yaml(column.Name)}: {Contract(plan, column)}");
        }

        Line(yaml, $"\nfeatures:\n  key: {(plan.Key is null ? plan.Names.RowKey : DraftText.Yaml(plan.Key.Name))}");
        if (plan.EventTime is { } time)
        {
            Line(yaml, $"  eventTime: {DraftText.Yaml(time.Name)}");
        }

        Line(yaml, $"  # What a caller sends. Take out what is not known yet when the question is asked.\n  inputs:");
        foreach (DraftInput input in plan.Inputs)
        {
            Line(yaml, $"    {DraftText.Yaml(input.Column.Name)}: {Input(input)}");
        }

        Line(yaml, $"  transforms:");
        foreach (string transform in DraftTransforms.Of(plan))
        {
            Line(yaml, $"    - {transform}");
        }

        if (plan.EventTime is { Earliest: { } earliest, LastFifth: { } fifth, Latest: { } last, Name: var by })
        {
            Line(yaml, $"\n# The model is judged on what came after all that it learnt from.\nsplit: {{ byTime: {DraftText.Yaml(by)}, holdout: {Holdout(earliest, fifth, last)} }}");
        }

        Line(yaml, $"\n# More leaves want more rows. What is learnt and what is judged by should want the same of an answer.\n{string.Join('\n', DraftTrainer.Of(plan))}");
        return yaml.ToString();
    }

    private static string Holdout(DateTime earliest, DateTime fifth, DateTime latest)
    {
        TimeSpan wanted = latest - fifth;
        return latest - earliest < TimeSpan.FromDays(10) || wanted < TimeSpan.FromDays(1)
            ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, (long)Math.Ceiling(wanted.TotalMinutes))}m")
            : string.Create(CultureInfo.InvariantCulture, $"{(long)Math.Ceiling(wanted.TotalDays)}d");
    }

    private static string Target(Target target) => target switch
    {
        _ when target.Answer == AnswerForm.Value => $"{{ type: {Kind(target)}, label: {DraftText.Yaml(target.Label)} }}   # unit: minutes, EUR, …",
        _ when target.Answer == AnswerForm.Probability => $"{{ type: {Kind(target)}, label: {DraftText.Yaml(target.Label)}, positive: {DraftText.Yaml(target.ClassNames[1])}, negative: {DraftText.Yaml(target.ClassNames[0])} }}",
        _ => $"{{ type: {Kind(target)}, label: {DraftText.Yaml(target.Label)}, classes: {DraftText.Yaml(target.ClassNames)} }}",
    };

    private static string Kind(Target target) => Domain.Schemas.Target.Kinds.NameOf(target);

    private static IEnumerable<ColumnProfile> Kept(DraftPlan plan) => plan.Profile.Columns.Where(
        column => column == plan.Label || column == plan.Key || plan.Inputs.Any(input => input.Column == column));

    private static string Contract(DraftPlan plan, ColumnProfile column)
    {
        List<string> rules = [$"type: {DraftText.Camel(column.Type!.Value)}"];
        double missing = column == plan.Label ? 0 : (double)column.NullCount / plan.Profile.RowCount;
        if (column == plan.Key)
        {
            rules.Add("unique: true");
        }
        else if (column.Type == ColumnType.Text && column.Levels is { Length: > 0 and <= MostAllowedValues } && column.Levels.All(level => DraftText.IsShortLine(level.Level)))
        {
            rules.Add($"allowedValues: {DraftText.Yaml(column.Levels.Select(level => level.Level).Order(StringComparer.Ordinal))}");
        }
        else if (column.Minimum >= 0)
        {
            rules.Add("minimum: 0");
        }

        if (missing > 0)
        {
            rules.Add(string.Create(CultureInfo.InvariantCulture, $"maximumNullRate: {Math.Min(1, Math.Ceiling(missing * 150) / 100):0.##}"));
        }

        string found = (column.Minimum, missing) switch
        {
            ({ } minimum, > 0) => string.Create(CultureInfo.InvariantCulture, $"   # {minimum} to {column.Maximum}, missing in {missing:0.0%}"),
            ({ } minimum, _) => string.Create(CultureInfo.InvariantCulture, $"   # {minimum} to {column.Maximum}"),
            (null, > 0) => string.Create(CultureInfo.InvariantCulture, $"   # missing in {missing:0.0%}"),
            _ => "",
        };
        return $"{{ {string.Join(", ", rules)} }}{found}";
    }

    private static string Input(DraftInput input)
    {
        List<string> rules = [$"type: {DraftText.Camel(input.Type)}"];
        if (input.Column.NullCount > 0)
        {
            rules.Add("nullable: true");
        }

        if (input.Column.LongestBytes > new InputColumn { Name = "", Type = InputType.Text }.MaximumBytes)
        {
            rules.Add(string.Create(CultureInfo.InvariantCulture, $"maximumBytes: {input.Column.LongestBytes * 2}"));
        }

        if (input is { Type: InputType.Timestamp, Column.DatabaseType: var type } && !type.EndsWith("ZONE", StringComparison.Ordinal))
        {
            rules.Add("zone: local");
        }

        return $"{{ {string.Join(", ", rules)} }}";
    }

    private static string Sql(DraftPlan plan)
    {
        IEnumerable<string> columns = Kept(plan).Select(column => Selected(plan.Names, column.Name));
        string types = string.Join(", ", plan.Profile.Columns.Select(column => $"{DraftText.Literal(plan.Names.InFile[column.Name])}: {DraftText.Literal(column.DatabaseType)}"));
        string source = plan.Profile.Format switch
        {
            TableFormat.Parquet => "read_parquet(getvariable('rows'))",
            TableFormat.Json => $"read_json(\n    getvariable('rows'),\n    columns = {{{types}}})",
            var format => $"read_csv(\n    getvariable('rows'),\n    header = true, auto_detect = false, delim = '{(format == TableFormat.Tsv ? "\\t" : ",")}', quote = '\"', escape = '\"',{Clocks(plan.Profile)}\n    columns = {{{types}}})",
        };
        return $"""
            CREATE TEMP TABLE given AS
            SELECT {(plan.Key is null ? $"row_number() OVER () AS {plan.Names.RowKey}, " : "")}*
            FROM {source};

            SELECT {string.Join(", ", plan.Key is null ? columns.Prepend(plan.Names.RowKey) : columns)}
            FROM given
            WHERE {DraftText.Name(plan.Names.InFile[plan.Label.Name])} IS NOT NULL;

            """;
    }

    private static string Selected(DraftNames names, string name) =>
        names.IsRenamed(name) ? $"{DraftText.Name(names.InFile[name])} AS {DraftText.Name(name)}" : DraftText.Name(name);

    private static string Clocks(TableProfile profile) =>
        (profile.DateFormat is { } date ? $" dateformat = {DraftText.Literal(date)}," : "") + (profile.TimestampFormat is { } time ? $" timestampformat = {DraftText.Literal(time)}," : "");

    private static void Line(StringBuilder yaml, FormattableString line) => yaml.Append(FormattableString.Invariant(line)).Append('\n');
}
