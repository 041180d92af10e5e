using System.Collections.Immutable;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Names;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Inputs;

/// <summary>
/// Judges the columns that somebody gives for a schema: all that may not be missing are there, and none that the model does not read,
/// since a misspelt column would else pass for a missing one.
/// </summary>
/// <param name="schema">What the model reads.</param>
/// <param name="ignored">Columns that may be there and are not read.</param>
internal sealed class GivenNames(InputSchema schema, IReadOnlyCollection<string> ignored)
{
    private ImmutableArray<string> Known => [.. schema.Columns.Select(column => column.Name)];

    /// <summary>What is wrong with the names, and which of them it is; null when they are right.</summary>
    public (string? Column, string Problem)? ProblemOf(IReadOnlyList<string> given)
    {
        ImmutableArray<string> names = [.. given.Where(name => !ignored.Contains(name))];
        return OfIgnored() ?? OfTwins(names) ?? OfStrangers(names) ?? OfMissing(names);
    }

    private (string?, string)? OfIgnored() => ignored.FirstOrDefault(Known.Contains) is { } read
        ? (null, $"the model reads the column '{ShownText.Of(read)}', so it cannot be ignored")
        : null;

    private static (string?, string)? OfTwins(ImmutableArray<string> names)
    {
        if (names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is not { } twins)
        {
            return null;
        }

        (string first, string second) = (twins.First(), twins.ElementAt(1));
        return (second, first == second
            ? $"the column '{ShownText.Of(first)}' is given twice"
            : $"the columns '{ShownText.Of(first)}' and '{ShownText.Of(second)}' differ only in case; take one out");
    }

    private (string?, string)? OfStrangers(ImmutableArray<string> names)
    {
        ImmutableArray<string> strangers = [.. names.Where(name => !Known.Contains(name))];
        if (strangers is [])
        {
            return null;
        }

        string advice = NearestName.Of(strangers[0], Known.Except(names)) is { } nearest ? $"did you mean '{ShownText.Of(nearest)}'?"
            : names is [var only] && only.Contains(';', StringComparison.Ordinal) ? "is it separated by semicolons? expected commas or tabs"
            : $"it reads {ShownText.Names(Known)}; take out what it does not read, or name it with --ignore";
        return (strangers[0], strangers is [var one]
            ? $"the model does not read the column '{ShownText.Of(one)}'; {advice}"
            : $"the model does not read the columns {ShownText.Names(strangers)}; {advice}");
    }

    private (string?, string)? OfMissing(ImmutableArray<string> names) =>
        schema.Columns.FirstOrDefault(column => !column.Nullable && !names.Contains(column.Name)) is { } missing
            ? (null, $"the column '{ShownText.Of(missing.Name)}' is missing; expected {GivenValue.Expected(missing)}. The model reads {ShownText.Names(Known)}")
            : null;
}
