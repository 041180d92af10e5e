using Lifecycle.Domain.Scoring;
using Spectre.Console;

namespace Lifecycle.Cli.Output;

/// <summary>Shows rows that were refused.</summary>
public static class RefusalTables
{
    /// <summary>Draws the count, the kinds of reasons, and the first rows with file and line.</summary>
    public static void Draw(IAnsiConsole console, RefusalSummary refusals)
    {
        if (refusals.Count == 0)
        {
            return;
        }

        console.Line($"{refusals.Count} rows refused:");
        foreach ((string kind, long count) in refusals.Kinds)
        {
            console.Line($"  {count} × {Texts.Visible(kind)}");
        }

        console.Line("the first of them:");
        foreach (RefusedRow row in refusals.Examples)
        {
            console.Line($"  {Texts.Visible(row.Source)}:{row.Line}: {Texts.Visible(row.Reason)}");
        }
    }
}
