using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Lifecycle.Definitions.Problems;
using Lifecycle.Definitions.Yaml;
using Lifecycle.Domain.Kinds;
using Lifecycle.Domain.Names;

namespace Lifecycle.Definitions.Binding;

/// <summary>
/// Holds YAML nodes against the contract of the domain's records and turns them into JSON that is sure to deserialize.
/// Every key that is unknown or missing and every value of the wrong type or out of range becomes a problem with its line.
/// </summary>
internal sealed class DefinitionBinder(DefinitionProblems problems)
{
    private readonly ScalarBinder scalars = new(problems);

    /// <summary>Lines of everything bound so far, by path such as <c>snapshots[2].cutoff</c>.</summary>
    public LineIndex Lines { get; } = new();

    /// <summary>The JSON of <paramref name="node"/> as <paramref name="slot"/> wants it; null after a problem, or where null is the value.</summary>
    public JsonNode? Bind(YamlNode node, Slot slot)
    {
        Lines.Add(slot.Path, node.Line);
        if (node is YamlScalar { IsNull: true })
        {
            if (!slot.IsNullable)
            {
                problems.Add(node.Line, $"'{slot.Path}' has no value; expected {slot.Noun}");
            }

            return null;
        }

        if (slot.Type.GetCustomAttribute<TwoFormsAttribute>() is { } forms)
        {
            return FormOf(node, forms) is { } form ? Bind(node, slot with { Type = form }) : WrongKind(node, slot);
        }

        JsonTypeInfo contract = DefinitionJson.Of(slot.Type);
        return (contract.Kind, node) switch
        {
            (_, YamlMapping mapping) when KindLists.Of(slot.Type) is { } kinds => BindKind(mapping, kinds, slot.Path),
            (JsonTypeInfoKind.Object, YamlMapping mapping) => BindObject(mapping, contract, slot.Path, []),
            (JsonTypeInfoKind.Dictionary, YamlMapping mapping) => BindDictionary(mapping, contract, slot.Path),
            (JsonTypeInfoKind.Enumerable, YamlMapping mapping) when slot.KeyedBy is { } key => BindKeyed(mapping, contract, slot.Path, key),
            (JsonTypeInfoKind.Enumerable, YamlSequence sequence) when slot.KeyedBy is null => BindList(sequence, contract, slot.Path),
            (JsonTypeInfoKind.None, YamlScalar scalar) => scalars.Bind(scalar, slot),
            _ => WrongKind(node, slot),
        };
    }

    private static Type? FormOf(YamlNode node, TwoFormsAttribute forms) => node switch
    {
        YamlSequence => forms.List,
        YamlMapping => forms.Mapping,
        _ => forms.Scalar,
    };

    private JsonValue? WrongKind(YamlNode node, Slot slot)
    {
        problems.Add(node.Line, $"'{slot.Path}' is {node.Noun}; expected {slot.Noun}");
        return null;
    }

    // What is given already, the name of a kind or the key of an entry, is no key of the mapping's own.
    private JsonObject BindObject(YamlMapping mapping, JsonTypeInfo contract, string path, JsonObject given)
    {
        string[] known = [.. given.Select(member => member.Key)];
        foreach (YamlEntry entry in mapping.Entries.Where(entry => !known.Contains(entry.Key)))
        {
            BindProperty(entry, contract, path, given);
        }

        foreach (JsonPropertyInfo missing in contract.Properties.Where(property => property.IsRequired && !given.ContainsKey(property.Name) && mapping.Entries.All(entry => entry.Key != property.Name)))
        {
            problems.Add(mapping.Line, $"required key '{Join(path, missing.Name)}' is missing; add it");
        }

        return given;
    }

    private void BindProperty(YamlEntry entry, JsonTypeInfo contract, string path, JsonObject bound)
    {
        JsonPropertyInfo? property = DefinitionJson.KeysOf(contract).FirstOrDefault(candidate => candidate.Name == entry.Key);
        if (property is null)
        {
            UnknownKey(entry, contract);
            return;
        }

        bound[entry.Key] = Bind(entry.Value, Slot.Of(property, Join(path, entry.Key)));
    }

    private void UnknownKey(YamlEntry entry, JsonTypeInfo contract)
    {
        string[] known = [.. DefinitionJson.KeysOf(contract).Select(property => property.Name)];
        string advice =
            KindsWith(entry.Key, contract.Type) is [_, ..] others ? $"it is one of {string.Join(" or ", others)}, and this has another type"
            : NearestName.Of(entry.Key, known) is { } nearest ? $"did you mean '{nearest}'?"
            : $"expected one of {string.Join(", ", known)}";
        problems.Add(entry.Line, $"unknown key '{entry.Key}'; {advice}");
    }

    private static string[] KindsWith(string key, Type kind) => KindLists.Around(kind) is { } kinds
        ? [.. kinds.All.Where(other => DefinitionJson.KeysOf(DefinitionJson.Of(other.Type)).Any(property => property.Name == key)).Select(other => other.Name)]
        : [];

    private JsonObject BindKind(YamlMapping mapping, IKindList kinds, string path)
    {
        string key = kinds.Discriminator;
        string[] known = [.. kinds.All.Select(kind => kind.Name)];
        YamlEntry? given = mapping.Entries.FirstOrDefault(entry => entry.Key == key);
        if (given is null && kinds.Default is null)
        {
            problems.Add(mapping.Line, $"required key '{Join(path, key)}' is missing; expected one of {string.Join(", ", known)}");
            return [];
        }

        string? chosen = given is null ? kinds.Default : scalars.BindName(given.Value, Join(path, key), known);
        JsonObject bound = new() { [key] = chosen };
        return chosen is null ? bound : BindObject(mapping, DefinitionJson.Of(kinds.All.First(kind => kind.Name == chosen).Type), path, bound);
    }

    private JsonArray BindKeyed(YamlMapping mapping, JsonTypeInfo contract, string path, string key)
    {
        JsonArray bound = [];
        foreach (YamlEntry entry in mapping.Entries)
        {
            Slot slot = Slot.Element(contract.ElementType!, Join(path, entry.Key));
            Lines.Add(slot.Path, entry.Line);
            if (entry.Value is YamlMapping element)
            {
                bound.Add(BindObject(element, DefinitionJson.Of(slot.Type), slot.Path, new() { [key] = entry.Key }));
            }
            else
            {
                WrongKind(entry.Value, slot);
            }
        }

        return bound;
    }

    private JsonObject BindDictionary(YamlMapping mapping, JsonTypeInfo contract, string path)
    {
        JsonObject bound = [];
        foreach (YamlEntry entry in mapping.Entries)
        {
            bound[entry.Key] = Bind(entry.Value, Slot.Element(contract.ElementType!, Join(path, entry.Key)));
        }

        return bound;
    }

    private JsonArray BindList(YamlSequence sequence, JsonTypeInfo contract, string path)
    {
        JsonArray bound = [];
        foreach ((int index, YamlNode item) in sequence.Items.Index())
        {
            bound.Add(Bind(item, Slot.Element(contract.ElementType!, $"{path}[{index}]")));
        }

        return bound;
    }

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
