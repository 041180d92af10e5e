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

        if (transform is RowTransform.CharacterNgrams ngrams && ngrams.MaximumLength < ngrams.MinimumLength)
        {
            yield return new($"{path}.maximumLength", "'maximumLength' is below 'minimumLength'");
        }

        if (transform is RowTransform.WordNgrams words && words.MaximumLength < words.MinimumLength)
        {
            yield return new($"{path}.maximumLength", "'maximumLength' is below 'minimumLength'");
        }

        if (transform is RowTransform.Numeric { Maximum: { } maximum, Minimum: { } minimum } && maximum < minimum)
        {
            yield return new($"{path}.maximum", "'maximum' is below 'minimum'");
        }

        if (transform is RowTransform.Numeric { Constant: not 0, Impute: not Imputation.Constant })
        {
            yield return new($"{path}.constant", "'constant' is what 'impute: constant' takes, which is not asked for; add it, or remove the constant");
        }

        if (transform is RowTransform.Ordinal { Levels: var levels } && (levels.Length < 2 || levels.Distinct(StringComparer.Ordinal).Count() != levels.Length))
        {
            yield return new($"{path}.levels", "'levels' has fewer than two, or one of them twice");
        }

        if (transform is RowTransform.Numeric { Bins: not null } binned && (binned.Log1p || binned.Standardise))
        {
            yield return new($"{path}.bins", "'bins' puts the bin's number in the value's place, so 'log1p' and 'standardise' mean nothing beside it; remove them, or 'bins'");
        }

        if (transform is RowTransform.DateParts { Cyclic: true, Parts: var cyclic } && cyclic.Contains(DatePart.Year))
        {
            yield return new($"{path}.cyclic", "'cyclic' turns parts into points of a circle, and a year never comes again; leave 'cyclic' or 'year' out");
        }

        if (transform is RowTransform.DateParts { Parts: var parts } && (parts.IsEmpty || parts.Distinct().Count() != parts.Length))
        {
            yield return new($"{path}.parts", "'parts' is empty, or has one of them twice");
        }
    }

    private static string NameOf(RowTransform transform) => RowTransform.Kinds.NameOf(transform);

    private static string Spelt(InputType type) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(type.ToString());
}
