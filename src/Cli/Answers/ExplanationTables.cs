using System.Globalization;
using Lifecycle.Cli.Output;
using Lifecycle.Domain.Schemas;
using Lifecycle.Serving.Models;
using Spectre.Console;

namespace Lifecycle.Cli.Answers;

/// <summary>Draws why a model answered as it did: the raw score as a sum over columns, and the features that did most.</summary>
internal static class ExplanationTables
{
    private const int NameLength = 60;

    /// <summary>Draws a table for each score of each row that was answered.</summary>
    public static void Draw(IAnsiConsole console, IReadOnlyList<AnsweredRow> answers)
    {
        foreach ((int index, AnsweredRow answer) in answers.Index())
        {
            if (answer.Explanation is not { } explanation)
            {
                continue;
            }

            string row = answer.Scored ?? (answer.Line is { } line ? $"line {line.ToString(CultureInfo.InvariantCulture)}" : $"row {index + 1}");
            foreach (ScoreExplanation score in explanation.Scores)
            {
                console.Line($"why {Texts.Visible(row)}{(score.Class is { } name ? $", {Texts.Visible(name)}" : "")} (in {explanation.Scale}):");
                console.Write(Of(score));
            }
        }
    }

    private static Table Of(ScoreExplanation score)
    {
        Table table = Texts.Table("what", "adds", "as");
        table.AddRow(new Text("nothing known"), new Text(Signed(score.Base)), new Text(""));
        foreach (ColumnContribution column in score.Columns.OrderByDescending(column => Math.Abs(column.Contribution)))
        {
            table.AddRow(new Text(Texts.Visible(column.Column)), new Text(Signed(column.Contribution)), new Text(""));
        }

        table.AddRow(new Text("together"), new Text(Signed(score.Score)), new Text("the raw score"));
        table.AddEmptyRow();
        foreach (FeatureContribution feature in score.Features)
        {
            table.AddRow(
                new Text(Texts.Visible(feature.Feature, NameLength)), new Text(Signed(feature.Contribution)),
                new Text(feature.Value is { } value ? value.ToString("G6", CultureInfo.InvariantCulture) : "missing"));
        }

        return table;
    }

    private static string Signed(double number) => number.ToString("+0.####;−0.####;0", CultureInfo.InvariantCulture);
}
