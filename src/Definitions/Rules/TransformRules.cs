using Lifecycle.Domain.Models;
using Lifecycle.Domain.Names;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Definitions.Rules;

/// <summary>Each transform reads inputs that are there, of a type that it can read, and no two do the same.</summary>
internal static class TransformRules
{
    /// <summary>All breaches of <c>features.transforms</c>.</summary>
    public static IEnumerable<RuleBreach> Check(FeatureView features)
    {
        if (features.Transforms.IsEmpty)
        {
            yield return new("features.transforms", "'features.transforms' is empty; give at least one transform");
        }

        foreach ((int index, RowTransform transform) in features.Transforms.Index())
        {
            string path = $"features.transforms[{index}]";
            foreach (RuleBreach breach in Inputs(path, transform, features.Schema).Concat(Options(path, transform)))
            {
                yield return breach;
            }

            if (features.Transforms.Take(index).Any(earlier => earlier.GetType() == transform.GetType() && Overlap(earlier, transform)))
            {
                yield return new(path, "a transform of this type is given twice for an input; keep one");
            }
        }
    }

    // A column may be in several pairs.
    private static bool Overlap(RowTransform one, RowTransform other) => one.ReadsPair
        ? one.Inputs.Order(StringComparer.Ordinal).SequenceEqual(other.Inputs.Order(StringComparer.Ordinal), StringComparer.Ordinal)
        : one.Inputs.IsEmpty || other.Inputs.IsEmpty || one.Inputs.Intersect(other.Inputs, StringComparer.Ordinal).Any();

    private static IEnumerable<RuleBreach> Inputs(string path, RowTransform transform, InputSchema schema)
    {
        if (transform.Inputs.IsEmpty && schema.OnlyText is null)
        {
            yield return new(path, $"a {NameOf(transform)} of a model with several inputs names those that it reads; add 'inputs', of {string.Join(", ", schema.Columns.Select(column => column.Name))}");
            yield break;
        }

        foreach (string name in transform.Inputs.IsEmpty ? [schema.OnlyText!.Name] : transform.Inputs)
        {
            if (schema.Columns.FirstOrDefault(column => column.Name == name) is not { } column)
            {
                string advice = NearestName.Of(name, [.. schema.Columns.Select(known => known.Name)]) is { } nearest ? $"did you mean '{nearest}'?" : "add it to 'features.inputs'";
                yield return new(path, $"a {NameOf(transform)} reads '{name}', which is no input; {advice}");
            }
            else if (!transform.Reads.Contains(column.Type))
            {
                yield return new(path, transform is RowTransform.TopLevelDomainOneHot
                    ? "transform topLevelDomainOneHot needs 'features.kind: hostName'"
                    : $"a {NameOf(transform)} cannot read '{name}', a {Spelt(column.Type)}; it reads {string.Join(", ", transform.Reads.Select(Spelt))}");
            }
        }
    }

    private static IEnumerable<RuleBreach> Options(string path, RowTransform transform)
    {
        if (transform.ReadsPair && (transform.Inputs.Length != 2 || transform.Inputs[0] == transform.Inputs[1]))
        {
            yield return new($"{path}.inputs", $"a {NameOf(transform)} pairs the levels of two inputs, but names {(transform.Inputs.IsEmpty ? "none" : string.Join(", ", transform.Inputs))}; give two different ones, and a {NameOf(transform)} for every other pair");
        }

        if (transform.Problem() is { } problem)
        {
            yield return new($"{path}.{problem.Path}", problem.Message);
        }
    }

    private static string NameOf(RowTransform transform) => RowTransform.Kinds.NameOf(transform);

    private static string Spelt(InputType type) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(type.ToString());
}
