using Lifecycle.Domain.Models;
using Lifecycle.Domain.Names;

namespace Lifecycle.Definitions.Rules;

/// <summary>Everything that a well-formed definition must also be: the parts of it fit together, and its files are there.</summary>
internal static class DefinitionRules
{
    /// <summary>All breaches, in no particular order.</summary>
    public static IEnumerable<RuleBreach> Check(ModelDefinition definition, string folder) =>
    [
        .. Identity(definition, Path.GetFileName(folder)),
        .. SourceRules.Check(definition.Source, folder),
        .. SnapshotRules.Check(definition),
        .. ContractRules.Check(definition.Contract),
        .. FeatureRules.Check(definition),
        .. IntervalRules.Check(definition),
        .. LossRules.Check(definition),
        .. DecisionRules.Check(definition),
        .. ColdStartRules.Check(definition, folder),
        .. SliceRules.Check(definition),
        .. ScheduleRules.Check(definition),
        .. SensorRules.Check(definition),
        .. DriftPolicyRules.Check("watch.policy.", definition.Watch.Policy),
        .. PromotionWatchRules.Check(definition.Watch.AfterPromotion),
        .. TrafficRules.Check(definition),
    ];

    private static IEnumerable<RuleBreach> Identity(ModelDefinition definition, string folderName)
    {
        if (!PlainName.IsValid(definition.Name))
        {
            yield return new("name", $"'name' is '{definition.Name}'; expected {PlainName.Noun}");
        }
        else if (definition.Name != folderName)
        {
            yield return new("name", $"'name' is '{definition.Name}' but the folder is '{folderName}'; make them equal");
        }

        if (string.IsNullOrWhiteSpace(definition.Owner))
        {
            yield return new("owner", "'owner' is blank; name the team or person that answers for the model");
        }

        if (string.IsNullOrWhiteSpace(definition.Description))
        {
            yield return new("description", "'description' is blank; say what the model predicts and for whom");
        }

        if (!PlainName.IsValid(definition.Channel))
        {
            yield return new("channel", $"'channel' is '{definition.Channel}'; expected {PlainName.Noun}");
        }
    }
}
