using System.Collections.Immutable;
using Lifecycle.Domain.Models;
using Lifecycle.OnnxModels.Protocol;
using DataType = Lifecycle.OnnxModels.Protocol.TensorProto.Types.DataType;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>One feature for each pair of levels that has a place, and one for all others if they have their own.</summary>
/// <param name="First">The column of the first levels.</param>
/// <param name="Second">The column of the second.</param>
/// <param name="Keys">The pairs that have a place, <see cref="Between"/> between their levels' keys.</param>
/// <param name="Names">Names of the features.</param>
internal sealed record FittedCross(LevelTable First, LevelTable Second, ImmutableArray<string> Keys, ImmutableArray<string> Names) : FittedTransform(Names)
{
    // A control character, which no value holds, and another one than a missing value's key.
    private const char Between = '\u0002';

    /// <summary>Counts the rows of every pair and keeps the frequent ones.</summary>
    public static FittedCross Fit(RowTransform.Cross definition, TrainingColumn first, TrainingColumn second)
    {
        LevelTable one = new(first.Column, [], Unknown: 0);
        LevelTable other = new(second.Column, [], Unknown: 0);
        LevelCodes pairs = LevelCodes.Of(first.Count, row => $"{first.Levels.Keys[first.Levels.Codes[row]]}{Between}{second.Levels.Keys[second.Levels.Codes[row]]}");
        ImmutableArray<string> keys = [.. pairs.Frequent(definition.MinimumCount, definition.MaximumTerms).Select(pair => pairs.Keys[pair.Code])];
        ImmutableArray<string> names = [.. keys.Select(key => key.Split(Between)).Select(levels => $"{one.NameOf(levels[0])} & {other.NameOf(levels[1])}")];
        bool hasOthers = !keys.IsEmpty && definition.Unknown == UnknownLevel.Own;
        return new FittedCross(one, other, keys, hasOthers ? names.Add($"{first.Column.Name} & {second.Column.Name}:other") : names);
    }

    // Every step is named after both columns, with the slash that no column's name has between.
    public override string Compile(FeaturizerGraph graph)
    {
        ColumnNodes nodes = graph[First.Column];
        string step = $"cross/{Second.Column.Name}";
        string begun = nodes.Node("StringConcat", $"{step}/begun", [KeysOf(nodes, $"{step}/first"), nodes.Text("cross_between", Between.ToString())]);
        string pairs = nodes.Node("StringConcat", $"{step}/pairs", [begun, KeysOf(graph[Second.Column], $"cross_into/{First.Column.Name}/second")]);
        string places = nodes.Table(
            $"{step}/level", pairs, Attributes.Texts("keys_strings", Keys), Attributes.Integers("values_int64s", Enumerable.Range(0, Keys.Length).Select(place => (long)place)), Attributes.Integer("default_int64", Keys.Length));
        string rows = nodes.Node("Reshape", $"{step}/places", [places, nodes.Integers("rows", [-1], 1)]);
        return nodes.Node("OneHot", step, [rows, nodes.Integer($"{step}/depth", Names.Length), nodes.Floats("off_and_on", [0, 1], 2)], Attributes.Integer("axis", -1));
    }

    // The levels' keys, string [N, 1], as LevelCodes has them.
    private static string KeysOf(ColumnNodes nodes, string step)
    {
        string keys = nodes.Column.Type is Domain.Schemas.InputType.Integer or Domain.Schemas.InputType.Boolean
            ? nodes.Cast($"{step}_text", nodes.Levels, DataType.String)
            : nodes.Levels;
        return nodes.Present is { } present ? nodes.Node("Where", $"{step}_key", [present, keys, nodes.Text("missing_key", LevelCodes.Missing)]) : keys;
    }
}
