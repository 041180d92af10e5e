using Lifecycle.Domain.Models;
using Lifecycle.Domain.Names;
using Lifecycle.Domain.Schedules;
using Lifecycle.Domain.Sensors;

namespace Lifecycle.Definitions.Rules;

/// <summary>Sensors have unique ids, look at one thing each, and a schedule polls those that must be polled.</summary>
internal static class SensorRules
{
    /// <summary>All breaches of the list of sensors.</summary>
    public static IEnumerable<RuleBreach> Check(ModelDefinition definition)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach ((int index, SensorDefinition sensor) in definition.Sensors.Index())
        {
            string path = $"sensors[{index}]";
            if (!IdentifierRules.IsSlug(sensor.Id))
            {
                yield return new($"{path}.id", $"sensor id '{sensor.Id}' cannot be used; expected {IdentifierRules.SlugNoun}");
            }
            else if (!seen.Add(sensor.Id))
            {
                yield return new($"{path}.id", $"sensor id '{sensor.Id}' occurs twice; ids must be unique");
            }

            foreach (RuleBreach breach in Subject(path, sensor))
            {
                yield return breach;
            }
        }

        if (definition.Sensors.Any(sensor => !sensor.Webhook) && definition.Schedules.All(schedule => schedule.Does != ScheduleDuty.Sense))
        {
            yield return new("sensors", "'sensors' has a file or blob, but no schedule looks at it; add a schedule with 'does: sense' and 'every: 10m'");
        }
    }

    private static IEnumerable<RuleBreach> Subject(string path, SensorDefinition sensor)
    {
        int given = (sensor.File is null ? 0 : 1) + (sensor.Blob is null ? 0 : 1) + (sensor.Webhook ? 1 : 0);
        if (given != 1)
        {
            yield return new(path, $"sensor '{sensor.Id}' has {given} of 'file', 'blob' and 'webhook: true'; give exactly one");
        }

        if (sensor.File is { } file && FilePattern.ProblemOf(file) is { } problem)
        {
            yield return new($"{path}.file", $"sensor '{sensor.Id}' has file '{file}', which {problem}; expected a path whose last part alone may hold * and ?");
        }

        if (sensor.Blob is { } blob && BlobNames.ProblemOf(blob) is { } wrong)
        {
            yield return new($"{path}.blob", $"sensor '{sensor.Id}' has blob '{blob}', which {wrong}; expected a name in the container such as incoming/latest.parquet");
        }
    }
}
