using System.Globalization;
using System.Text;
using Lifecycle.Domain.Promotions;

namespace Lifecycle.Workflows.Watching;

/// <summary>Writes a watch after promotion as Markdown, for the details pane of Temporal UI. Pure.</summary>
public static class PromotionWatchDetails
{
    /// <summary>The details of <paramref name="state"/>.</summary>
    public static string Of(PromotionWatchState state)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"### {state.Entry.Model} on {state.Entry.Channel}: version {state.Entry.Version} against {state.Previous?.Version.ToString(CultureInfo.InvariantCulture) ?? "nothing"}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{state.Outcome?.ToString() ?? "watching"}. {state.Reason}\n\nlooks: {state.Looks}\n");
        if (state.Report is { } report)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nlast: **{report.Verdict}** at {report.To:u}, {report.RowCount} rows, {report.LabelledCount} labelled\n");
            foreach (string reason in report.Reasons)
            {
                text.Append(CultureInfo.InvariantCulture, $"- {reason}\n");
            }
        }

        return text.ToString();
    }
}
