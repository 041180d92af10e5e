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

    private static IEnumerable<RuleBreach> Label(ModelDefinition definition)
    {
        string path = definition.Target is null ? "features.label" : "target.label";
        Target target = definition.Predicts;
        RuleBreach? breach = definition.Target is null
            ? ColumnReaders.Breach(definition.Contract, path, target.Label, ColumnType.Integer)
            : target.ClassNames.IsEmpty
                ? ColumnReaders.Breach(definition.Contract, path, target.Label, ColumnType.Number, ColumnType.Integer)
                : ColumnReaders.Breach(definition.Contract, path, target.Label, ColumnType.Integer, ColumnType.Text, ColumnType.Boolean);
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
        if (definition.Trainer is not TrainerDefinition.LightGbm trainer)
        {
            yield break;
        }

        if (ObjectiveRules.Conflict(definition.Predicts, trainer.Objective, trainer.ObjectiveParameter) is { } conflict)
        {
            yield return new("trainer", $"'trainer' cannot learn the target: {conflict}");
        }

        foreach ((string name, int direction) in trainer.Monotone)
        {
            if (definition.Features.Schema.Columns.FirstOrDefault(column => column.Name == name) is not { Type: InputType.Number or InputType.Integer })
            {
                yield return new($"trainer.monotone.{name}", $"'{name}' is no numeric input, and only such have a direction");
            }

            if (direction is not (1 or -1))
            {
                yield return new($"trainer.monotone.{name}", $"the direction of '{name}' is {direction}; expected 1 (up) or -1 (down)");
            }
        }
    }
}
