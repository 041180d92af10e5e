using Lifecycle.Domain.Data;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Definitions.Drafts;

/// <summary>The transforms of a first definition, one of each kind that its inputs need.</summary>
internal static class DraftTransforms
{
    /// <summary>Each as one line of YAML.</summary>
    public static IEnumerable<string> Of(DraftPlan plan)
    {
        (string Transform, Func<DraftInput, bool> Reads)[] kinds =
        [
            ("type: numeric, inputs: {0}", input => IsNumber(input) && input.Column.NullCount == 0),
            ("type: numeric, inputs: {0}, impute: median, indicator: true", input => IsNumber(input) && input.Column.NullCount > 0),
            ("type: oneHot, inputs: {0}", input => input is { Type: InputType.Category, Column.DistinctCount: <= ColumnProfile.MaximumLevels }),
            ("type: targetEncoding, inputs: {0}", input => input is { Type: InputType.Category, Column.DistinctCount: > ColumnProfile.MaximumLevels }),
            ("type: dateParts, inputs: {0}, parts: [hour, dayOfWeek, month]", input => input.Type == InputType.Timestamp),
            ("type: characterNgrams, inputs: {0}", input => input.Type is InputType.Text or InputType.HostName),
            ("type: shapeCounts, inputs: {0}", input => input.Type is InputType.Text or InputType.HostName),
            ("type: topLevelDomainOneHot, inputs: {0}", input => input.Type == InputType.HostName),
        ];
        return kinds
            .Select(kind => (kind.Transform, Inputs: plan.Inputs.Where(kind.Reads).Select(input => input.Column.Name).ToList()))
            .Where(kind => kind.Inputs.Count > 0)
            .Select(kind => $"{{ {kind.Transform.Replace("{0}", DraftText.Yaml(kind.Inputs), StringComparison.Ordinal)} }}");
    }

    private static bool IsNumber(DraftInput input) => input.Type is InputType.Number or InputType.Integer or InputType.Boolean;
}
