using System.Collections.Immutable;
using Lifecycle.Data.Labels;
using Lifecycle.Data.Rows;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Drift;

/// <summary>The figures that a model's rows are watched by.</summary>
public static class DriftFigures
{
    /// <summary>Name of the figure, and of the column, with the model's output.</summary>
    public const string PredictionName = "prediction";

    /// <summary>Name of the figure with the likeliest of several classes.</summary>
    public const string PredictedClassName = "predicted class";

    /// <summary>Name of the labels' figure where labels are classes.</summary>
    public const string ClassName = "class";

    /// <summary>Name of the labels' figure where labels are numbers.</summary>
    public const string LabelName = "label";

    /// <summary>Name of the figure that tells which inputs the TrainingSet holds.</summary>
    public const string SeenInput = "seen input";

    private static readonly ImmutableArray<string> Taken = [ClassName, LabelName, PredictionName, PredictedClassName, SeenInput];

    private static readonly ImmutableArray<FigureDefinition> OfText =
    [
        new("length", "length(input)"),
        new("digits", CountOf("0123456789")),
        new("hyphens", CountOf("-")),
        new("vowels", CountOf("aeiou")),
    ];

    private static readonly ImmutableArray<FigureDefinition> OfHostName =
    [
        new("labels", "len(string_split(input, '.'))"),
        new("last label", "string_split(input, '.')[-1]"),
    ];

    /// <summary>The number that stands for an answer, a column <c>prediction</c> of both files: the value, the probability, or that of the likeliest class.</summary>
    public static FigureDefinition Prediction { get; } = new(PredictionName, "prediction");

    private static FigureDefinition PredictedClass { get; } = new(PredictedClassName, "predicted_class");

    /// <summary>The figures of a model's answers: <see cref="Prediction"/>, and of several classes the likeliest.</summary>
    public static ImmutableArray<FigureDefinition> OfAnswers(Target target) => target.Answer == AnswerForm.Probabilities ? [PredictedClass, Prediction] : [Prediction];

    /// <summary>
    /// Whether the TrainingSet holds the input; only where <c>watch.watchSeenKeys</c> says that this tells anything. The key of the definition
    /// where callers send it, and else all inputs together.
    /// </summary>
    public static FigureDefinition SeenOf(InputSchema schema, string key) => new(SeenInput, KeyOf(schema, key)) { IsKey = true };

    /// <summary>
    /// The figures of a TrainingSet: its labels, and of its inputs the characters of texts, the hour and weekday of times, and anything else as
    /// it is. A model of one text calls that <c>input</c>, as windows do.
    /// </summary>
    public static ImmutableArray<FigureDefinition> Of(InputSchema schema, Target target) =>
    [
        new(LabelRules.Of(target).FigureName, LabelRules.Of(target).FigureExpression),
        .. schema.OnlyText is { } text ? [.. OfText, .. text.Type == InputType.HostName ? OfHostName : []] : schema.Columns.SelectMany(OfColumn),
    ];

    /// <summary>The figures of a stored DriftBaseline.</summary>
    /// <param name="document">The baseline.</param>
    /// <param name="isLabelled">Whether the window's rows have a column <c>label</c>; without it their figure is left out.</param>
    public static ImmutableArray<FigureDefinition> Of(BaselineDocument document, bool isLabelled) =>
        [.. document.Distributions
            .Select(one => new FigureDefinition(one.Name, one.Expression) { Stored = one })
            .Where(figure => isLabelled || !figure.NeedsLabel)];

    /// <summary>Every column that two files have in common, but moments, which differ by nature, and nested values.</summary>
    /// <exception cref="InvalidDataSourceException">A file cannot be read.</exception>
    public static ImmutableArray<FigureDefinition> OfCommonColumns(string baselinePath, string windowPath, DataLimits limits, CancellationToken cancellation) =>
        new DataWork("listing the columns to compare", limits).Run(
            token =>
            {
                using StagingFolder spill = new(windowPath);
                using DuckSession session = DuckSession.Open(limits, FigureRows.Folders(baselinePath, windowPath), spill.Path, token);
                SnapshotColumns baseline = SnapshotColumns.Of(session, $"SELECT * FROM {SplitColumns.TextSource(session, baselinePath)}");
                SnapshotColumns window = SnapshotColumns.Of(session, $"SELECT * FROM {SplitColumns.TextSource(session, windowPath)}");
                return baseline.Names
                    .Where(name => window.Contains(name) && LogicalTypes.Of(baseline.TypeOf(name)!) is { } type && type != ColumnType.Timestamp)
                    .Select(name => new FigureDefinition(name, Sql.Name(name)))
                    .ToImmutableArray();
            },
            cancellation);

    private static string KeyOf(InputSchema schema, string key) => schema.Columns is [var only] ? SplitColumns.NameOf(schema, only)
        : schema.IndexOf(key) is >= 0 and var place ? SplitColumns.NameOf(schema, schema.Columns[place])
        : $"hash({string.Join(", ", schema.Columns.Select(column => SplitColumns.NameOf(schema, column)))})";

    private static IEnumerable<FigureDefinition> OfColumn(InputColumn input)
    {
        string column = Sql.Name(SplitColumns.Input(input.Name));
        return input.Type switch
        {
            InputType.Text => [new($"length of {input.Name}", $"length({column})")],
            InputType.HostName => [new($"length of {input.Name}", $"length({column})"), new($"last label of {input.Name}", $"string_split({column}, '.')[-1]")],
            InputType.Timestamp => [new($"hour of {input.Name}", $"hour({column})"), new($"weekday of {input.Name}", $"isodow({column})")],
            _ => [new(Taken.Contains(input.Name) ? $"input {input.Name}" : input.Name, column)],
        };
    }

    private static string CountOf(string characters) => $"length(input) - length(translate(input, {Sql.Literal(characters)}, ''))";
}
