using System.Globalization;
using System.Text;
using Lifecycle.Domain.Backtests;

namespace Lifecycle.Workflows.Backtesting;

/// <summary>A backtest as Markdown, for Temporal UI. Pure.</summary>
internal static class BacktestDetails
{
    private const int LastPeriods = 40;

    /// <summary>The details.</summary>
    public static string Of(BacktestState state)
    {
        StringBuilder details = new();
        details.Append(CultureInfo.InvariantCulture, $"### {state.Model}: backtest\n\n{state.Periods.Length} of {state.Total} periods");
        if (state.InWork is { } period)
        {
            details.Append(CultureInfo.InvariantCulture, $"; {period} in {state.Stage}");
        }

        details.Append("\n\n| period | verdict | reason |\n|---|---|---|\n");
        foreach (BacktestPeriod judged in state.Periods.TakeLast(LastPeriods))
        {
            details.Append(CultureInfo.InvariantCulture, $"| {judged.Snapshot} | {judged.Outcome} | {judged.Reason.Replace('|', '/')} |\n");
        }

        return details.ToString();
    }
}
