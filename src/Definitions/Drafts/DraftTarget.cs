using System.Collections.Immutable;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Definitions.Drafts;

/// <summary>Decides what is predicted, from what the labels look like.</summary>
internal static class DraftTarget
{
    /// <summary>The target, whose reason is added to the decisions.</summary>
    /// <exception cref="DraftException">The labels are constant, or none that can be learnt.</exception>
    public static Target Of(ColumnProfile label, ImmutableArray<string>.Builder decisions)
    {
        if (label.DistinctCount < 2)
        {
            throw new DraftException($"the label '{label.Name}' {(label.DistinctCount == 0 ? "is empty in every row" : $"is '{label.Levels[0].Level}' in every row")}; there is nothing to learn");
        }

        if (label.Levels.FirstOrDefault(level => string.IsNullOrWhiteSpace(level.Level)) is { } blank)
        {
            throw new DraftException(FormattableString.Invariant($"the label '{label.Name}' is a blank text in {blank.Count} rows; write what it is, or leave it empty so that the rows are left out"));
        }

        if (label.Levels.FirstOrDefault(level => !DraftText.IsShortLine(level.Level)) is { } unwritable)
        {
            throw new DraftException($"the label '{label.Name}' is '{unwritable.Level}' in some rows, which no definition can name: it is too long, or more than a line; write classes as short words");
        }

        switch (label)
        {
            case { Type: ColumnType.Boolean or ColumnType.Text or ColumnType.Integer, Levels: [var often, var seldom] }:
                (string positive, string negative) = Affirms(often.Level) ? (often.Level, seldom.Level) : (seldom.Level, often.Level);
                decisions.Add($"target: binary, the probability of {label.Name} = {positive} (the other label is {negative}); exchange them if the other is what you ask about");
                return new Target.Binary { Label = label.Name, Positive = positive, Negative = negative };
            case { Type: ColumnType.Text, Levels.IsEmpty: false }:
                LevelCount rarest = label.Levels[^1];
                decisions.Add(FormattableString.Invariant($"target: multiclass, {label.Levels.Length} classes; the rarest, {rarest.Level}, has {rarest.Count} rows: a class with few of them is hard to judge (gate.minimumRowsPerClass), put it together with another one in snapshot.sql or leave it out"));
                return new Target.Multiclass { Label = label.Name, Classes = [.. label.Levels.Select(level => level.Level)] };
            case { Type: ColumnType.Integer or ColumnType.Number }:
                decisions.Add(FormattableString.Invariant($"target: regression, a number from {label.Minimum} to {label.Maximum}; write its unit. If the numbers are names of classes, make it multiclass"));
                return new Target.Regression { Label = label.Name };
            default:
                throw new DraftException(label.Type == ColumnType.Text
                    ? FormattableString.Invariant($"the label '{label.Name}' is a text with {label.DistinctCount} different values; at most {ColumnProfile.MaximumLevels} can be classes")
                    : $"the label '{label.Name}' is {label.DatabaseType}; expected two or more classes, or a number");
        }
    }

    private static bool Affirms(string level) => level is "1" || level.ToUpperInvariant() is "TRUE" or "T" or "YES" or "Y";
}
