using Lifecycle.Domain.Data;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Names;

namespace Lifecycle.Definitions.Rules;

/// <summary>A data contract's bounds are the right way round, and each column's rules suit its type.</summary>
internal static class ContractRules
{
    /// <summary>All breaches of a contract.</summary>
    public static IEnumerable<RuleBreach> Check(DataContract contract) =>
    [
        .. Bounds(contract),
        .. Twins(contract),
        .. contract.Columns.SelectMany(column => Column(column.Key, column.Value)),
        .. Distributions(contract),
    ];

    private static IEnumerable<RuleBreach> Bounds(DataContract contract)
    {
        if (contract.Columns.IsEmpty)
        {
            yield return new("contract.columns", "'contract.columns' is empty; name every column that the script selects");
        }

        if (contract.MaximumRows < contract.MinimumRows)
        {
            yield return new("contract.maximumRows", $"'contract.maximumRows' {contract.MaximumRows} is below 'minimumRows' {contract.MinimumRows}");
        }

        if (contract.MaximumLabelRate < contract.MinimumLabelRate)
        {
            yield return new("contract.maximumLabelRate", "'contract.maximumLabelRate' is below 'minimumLabelRate'");
        }
    }

    // A database does not tell capitals apart, and neither do many tools of callers: it would call the second column otherwise, without a word.
    private static IEnumerable<RuleBreach> Twins(DataContract contract) => contract.Columns.Keys
        .GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
        .Where(twins => twins.Count() > 1)
        .Select(twins => new RuleBreach($"contract.columns.{twins.Last()}", $"columns {string.Join(" and ", twins.Select(twin => $"'{twin}'"))} differ in capitals alone; rename one in the script"));

    private static IEnumerable<RuleBreach> Column(string name, ColumnContract column)
    {
        string path = $"contract.columns.{name}";
        bool isNumeric = column.Type is ColumnType.Integer or ColumnType.Number;
        if (!IdentifierRules.IsWord(name))
        {
            yield return new(path, $"column name '{name}' is not a word; expected {IdentifierRules.WordNoun}");
        }

        if (column.Pattern is not null && column.Type != ColumnType.Text)
        {
            yield return new($"{path}.pattern", $"column '{name}' has a pattern but is not of type text; remove the pattern");
        }

        if ((column.Minimum ?? column.Maximum) is not null && !isNumeric)
        {
            yield return new(path, $"column '{name}' has 'minimum' or 'maximum' but is neither integer nor number; remove them");
        }

        if (column.Maximum < column.Minimum)
        {
            yield return new($"{path}.maximum", $"column '{name}' has 'maximum' below 'minimum'");
        }
    }

    private static IEnumerable<RuleBreach> Distributions(DataContract contract)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach ((int index, DistributionContract distribution) in contract.Distributions.Index())
        {
            string path = $"contract.distributions[{index}]";
            if (!seen.Add(distribution.Name))
            {
                yield return new($"{path}.name", $"distribution '{distribution.Name}' occurs twice; names must be unique");
            }

            if (distribution.ErrorAt < distribution.WarnAt)
            {
                yield return new($"{path}.errorAt", $"distribution '{distribution.Name}' has 'errorAt' below 'warnAt'");
            }
        }
    }
}
