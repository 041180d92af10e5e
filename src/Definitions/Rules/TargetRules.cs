using Lifecycle.Domain.Data;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;

namespace Lifecycle.Definitions.Rules;

/// <summary>The label is a column of the contract that can hold what the target says, and the trainer can learn it.</summary>
internal static class TargetRules
{
    /// <summary>All breaches of <c>target</c>, and of what depends on it.</summary>
    public static IEnumerable<RuleBreach> Check(ModelDefinition definition) =>
        [.. Label(definition), .. Classes(definition.Predicts), .. Trainer(definition)];

    /// <summary>What a column can be that holds labels.</summary>
    public static ColumnType[] LabelTypes(ModelDefinition definition) => definition.Target is null ? [ColumnType.Integer]
        : definition.Predicts.ClassNames.IsEmpty ? [ColumnType.Number, ColumnType.Integer]
        : [ColumnType.Integer, ColumnType.Text, ColumnType.Boolean];

    private static IEnumerable<RuleBreach> Label(ModelDefinition definition)
    {
        string path = definition.Target is null ? "features.label" : "target.label";
        RuleBreach? breach = ColumnReaders.Breach(definition.Contract, path, definition.Predicts.Label, LabelTypes(definition));
        return breach is null ? [] : [breach];
    }

    private static IEnumerable<RuleBreach> Classes(Target target)
    {
        string[] twice = [.. target.ClassNames.GroupBy(name => name, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => same.Key)];
        if (twice is [var name, ..])
        {
            yield return new("target", $"class '{name}' stands twice in the target; each label is one class");
        }

        if (target.ClassNames.Any(string.IsNullOrWhiteSpace))
        {
            yield return new("target", "a class of the target is blank; write each as its column does");
        }

        if (target is Target.Multiclass { Classes.Length: < 3 })
        {
            yield return new("target.classes", "'target.classes' has fewer than three; two classes are 'type: binary' with 'positive' and 'negative'");
        }
    }

    private static IEnumerable<RuleBreach> Trainer(ModelDefinition definition)
    {
        if (definition.Trainer.Conflict(definition.Predicts) is { } conflict)
        {
            yield return new("trainer", $"'trainer' cannot learn the target: {conflict}");
        }

        if (definition.Trainer is not TrainerDefinition.LightGbm trainer)
        {
            yield break;
        }

        foreach ((string name, int direction) in trainer.Monotone)
        {
            if (definition.Features.Schema.Columns.FirstOrDefault(column => column.Name == name) is not { Type: InputType.Number or InputType.Integer })
            {
                yield return new($"trainer.monotone.{name}", $"'{name}' is no numeric input, and only such have a direction");
            }
            else if (!definition.Features.Transforms.OfType<RowTransform.Numeric>().Any(transform => transform.Inputs.Contains(name)))
            {
                yield return new($"trainer.monotone.{name}", $"'{name}' has a direction and no feature is its number; add a transform '{{ type: numeric, inputs: [{name}] }}', or remove the direction");
            }

            if (direction is not (1 or -1))
            {
                yield return new($"trainer.monotone.{name}", $"the direction of '{name}' is {direction}; expected 1 (up) or -1 (down)");
            }
        }
    }
}
