using System.Globalization;
using Lifecycle.Cli.Output;
using Lifecycle.Domain.Schemas;
using Lifecycle.Serving.Models;
using Spectre.Console;

namespace Lifecycle.Cli.Answers;

/// <summary>Draws a model's answers for people, beside what was asked.</summary>
public static class AnswerTables
{
    private const int RefusalLength = 300;

    /// <summary>Draws a row of the table for each row; a single one of a model with several columns is drawn from top to bottom.</summary>
    public static void Draw(IAnsiConsole console, InputSchema schema, Target target, IReadOnlyList<AnsweredRow> answers)
    {
        if (schema.OnlyText is null && answers is [var only])
        {
            DrawOne(console, schema, target, only);
            return;
        }

        bool hasLines = answers.Any(answer => answer.Line is not null);
        string[] inputs = schema.OnlyText is null ? [.. schema.Columns.Select(column => column.Name)] : ["value", "scored as"];
        Table table = Texts.Table([.. hasLines ? ["line"] : Array.Empty<string>(), .. inputs.Select(name => Texts.Visible(name)), .. Headings(target)]);
        foreach (AnsweredRow answer in answers)
        {
            string?[] given = schema.OnlyText is null ? [.. answer.Given] : [answer.Input, answer.Scored];
            string[] line = hasLines ? [answer.Line?.ToString(CultureInfo.InvariantCulture) ?? ""] : [];
            table.AddRow([.. line.Concat(given.Select(value => Texts.Visible(value ?? ""))).Concat(Cells(answer)).Select(cell => new Text(cell))]);
        }

        console.Write(table);
    }

    private static void DrawOne(IAnsiConsole console, InputSchema schema, Target target, AnsweredRow answer)
    {
        Table table = Texts.Table("", "");
        foreach ((InputColumn column, string? value) in schema.Columns.Zip(answer.Given))
        {
            table.AddRow(new Text(Texts.Visible(column.Name)), new Text(Texts.Visible(value ?? "")));
        }

        table.AddEmptyRow();
        switch (answer)
        {
            case { Refusal: { } refusal }:
                table.AddRow(new Text("refused"), new Text(Texts.Visible(refusal, RefusalLength)));
                break;
            case { Prediction: Prediction.OfClasses { Label: var label, Probabilities: var probabilities } }:
                table.AddRow(new Text(Texts.Visible(target.Label)), new Text(Texts.Visible(label)));
                foreach ((string name, float probability) in probabilities)
                {
                    table.AddRow(new Text(Texts.Visible($"probability of {name}")), new Text($"{probability:0.000}"));
                }

                break;
            default:
                foreach ((string heading, string cell) in Headings(target).Zip(Cells(answer)))
                {
                    table.AddRow(new Text(heading), new Text(cell));
                }

                break;
        }

        console.Write(table);
    }

    private static string[] Headings(Target target) => target.Answer switch
    {
        AnswerForm.Probability when target.Decides is null => [Texts.Visible($"probability of {target.ClassNames[1]}")],
        AnswerForm.Probability => [Texts.Visible($"probability of {target.ClassNames[1]}"), "decision"],
        AnswerForm.Probabilities => [Texts.Visible(target.Label), "probability"],
        _ => [Texts.Visible(target.AnswerUnit is { } unit ? $"{target.Label} ({unit})" : target.Label)],
    };

    private static string[] Cells(AnsweredRow answer) => answer.Prediction switch
    {
        Prediction.OfPositive { Decision: { } decision } positive => [$"{positive.Probability:0.000}", Texts.Visible(decision)],
        Prediction.OfPositive positive => [$"{positive.Probability:0.000}"],
        Prediction.OfClasses classes => [Texts.Visible(classes.Label), $"{classes.Probabilities[classes.Label]:0.000}"],
        Prediction.OfNumber { Interval: { } interval } number => [string.Create(
            CultureInfo.InvariantCulture, $"{number.Value:G6}, {interval.Coverage:0.##%} within {interval.Lower:G6} to {interval.Upper:G6}")],
        Prediction.OfNumber number => [number.Value.ToString("G6", CultureInfo.InvariantCulture)],
        _ => [Texts.Visible(answer.Refusal ?? "", RefusalLength)],
    };
}
