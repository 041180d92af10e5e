using Lifecycle.Domain.Models;

namespace Lifecycle.Definitions.Rules;

/// <summary>Rows to score are named as the model reads them.</summary>
internal static class TrafficRules
{
    /// <summary>All breaches.</summary>
    public static IEnumerable<RuleBreach> Check(ModelDefinition definition) => definition.Schedules.Index()
        .Where(one => definition.Features.Schema.OnlyText is null && one.Item.Rows?.InputColumn is not null)
        .Select(one => new RuleBreach(
            $"schedules[{one.Index}].rows.inputColumn",
            $"schedule '{one.Item.Id}' names the column of one text, and this model reads columns, which are found by their names; remove 'inputColumn'"));
}
