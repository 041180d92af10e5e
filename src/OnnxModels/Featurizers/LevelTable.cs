using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Domain.Schemas;
using Lifecycle.OnnxModels.Protocol;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>The place of a level: its position among the keys. A missing value is a level like any other, with a key of its own.</summary>
/// <param name="Column">The column.</param>
/// <param name="Keys">The levels that have a place.</param>
/// <param name="Unknown">The place of every other level.</param>
internal sealed record LevelTable(InputColumn Column, ImmutableArray<string> Keys, long Unknown)
{
    // No value is it, and an empty table is refused.
    private const string Impossible = "\u0002";

    /// <summary>What features of a level are called.</summary>
    public string NameOf(string key) => key switch
    {
        LevelCodes.Missing => $"{Column.Name}:missing",
        _ when Column.Type == InputType.Boolean => $"{Column.Name}={(key == "1" ? "true" : "false")}",
        _ => $"{Column.Name}={key}",
    };

    /// <summary>Appends the place of each row's level, int64 [N, 1].</summary>
    public string Compile(ColumnNodes nodes, string step)
    {
        ImmutableArray<(string Key, long Place)> entries = [.. Keys.Select((key, place) => (key, (long)place)).Where(entry => entry.key != LevelCodes.Missing)];
        long missing = Keys.IndexOf(LevelCodes.Missing) is var place and >= 0 ? place : Unknown;
        AttributeProto keys = Column.Type is InputType.Integer or InputType.Boolean or InputType.Timestamp
            ? Attributes.Integers("keys_int64s", entries.IsEmpty ? [long.MinValue] : entries.Select(entry => long.Parse(entry.Key, CultureInfo.InvariantCulture)))
            : Attributes.Texts("keys_strings", entries.IsEmpty ? [Impossible] : entries.Select(entry => entry.Key));
        string places = nodes.Table(
            $"{step}_level", nodes.Levels, keys, Attributes.Integers("values_int64s", entries.IsEmpty ? [Unknown] : entries.Select(entry => entry.Place)), Attributes.Integer("default_int64", Unknown));
        return nodes.Present is { } present ? nodes.Node("Where", $"{step}_place", [present, places, nodes.Integer($"{step}_missing", missing)]) : places;
    }
}
