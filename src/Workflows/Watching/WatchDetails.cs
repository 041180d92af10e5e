using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Lifecycle.Workflows.Watching;

/// <summary>Writes what a watch came to, as Markdown for Temporal UI and as a sentence. Pure.</summary>
public static class WatchDetails
{
    /// <summary>The windows as a table.</summary>
    public static string Of(string model, ImmutableArray<WatchedWindow> windows, int passedOver)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"### Watch of {model}: {Note(windows, passedOver)}\n\n| window | level | decision | verdict | reason |\n|---|---|---|---|---|\n");
        foreach (WatchedWindow window in windows)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {window.Window} | {window.Level} | {window.Decision} | {window.Verdict} | {window.Reason} |\n");
        }

        return text.ToString();
    }

    /// <summary>The windows as a sentence.</summary>
    /// <param name="windows">The windows that were decided about.</param>
    /// <param name="passedOver">Windows without rows, since all of theirs came late.</param>
    public static string Note(ImmutableArray<WatchedWindow> windows, int passedOver)
    {
        string passed = string.Create(CultureInfo.InvariantCulture, $"{passedOver} windows passed over, whose rows all came late");
        if (windows is [])
        {
            return passedOver == 0 ? "no window was due" : passed;
        }

        IEnumerable<string> verdicts = windows.GroupBy(window => window.Verdict)
            .OrderByDescending(group => group.Key)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Key} {group.Count()}"));
        return string.Create(CultureInfo.InvariantCulture, $"{windows.Length} windows decided: {string.Join(", ", verdicts)}{(passedOver == 0 ? "" : $"; {passed}")}");
    }
}
