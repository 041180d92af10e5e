using Lifecycle.Domain.Data;
using Lifecycle.Domain.Models;

namespace Lifecycle.Definitions.Rules;

/// <summary>A split is by folds or by time, with what that needs and nothing of the other.</summary>
internal static class SplitRules
{
    /// <summary>All breaches of <c>split</c>.</summary>
    public static IEnumerable<RuleBreach> Check(ModelDefinition definition)
    {
        SplitDefinition split = definition.Split;
        RuleBreach?[] columns =
        [
            ColumnReaders.Breach(definition.Contract, "split.column", split.Column, ColumnType.Text),
            ColumnReaders.Breach(definition.Contract, "split.byTime", split.ByTime, ColumnType.Timestamp),
        ];
        foreach (RuleBreach breach in columns.OfType<RuleBreach>())
        {
            yield return breach;
        }

        if (split.ByTime is not null && split.Column is not null)
        {
            yield return new("split.column", "'split.column' is of a split by folds, and 'split.byTime' is given; keep one");
        }

        if (split.ByTime is not null && (split.Holdout is null || split.Holdout <= TimeSpan.Zero))
        {
            yield return new("split.holdout", "'split.byTime' is given without 'holdout'; say how much of the newest rows are judged on, such as 14d");
        }

        if (split.ByTime is null && (split.Holdout is not null || split.Embargo != TimeSpan.Zero))
        {
            yield return new("split", "'holdout' and 'embargo' are of a split by time; add 'byTime'");
        }
    }
}
