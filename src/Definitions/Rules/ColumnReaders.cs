using Lifecycle.Definitions.Binding;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Models;

namespace Lifecycle.Definitions.Rules;

/// <summary>Whatever a definition reads a column for, the contract has the column, with a type that will do.</summary>
internal static class ColumnReaders
{
    /// <summary>The breach of one place that names a column; null where there is none.</summary>
    /// <param name="contract">Has the columns.</param>
    /// <param name="path">The place.</param>
    /// <param name="column">What it names; null names nothing.</param>
    /// <param name="types">Types that will do.</param>
    public static RuleBreach? Breach(DataContract contract, string path, string? column, params ReadOnlySpan<ColumnType> types)
    {
        if (column is null)
        {
            return null;
        }

        if (!contract.Columns.TryGetValue(column, out ColumnContract? rules))
        {
            string advice = NearestName.Of(column, contract.Columns.Keys) is { } nearest ? $"did you mean '{nearest}'?" : "add it there";
            return new RuleBreach(path, $"'{path}' names column '{column}', which 'contract.columns' does not have; {advice}");
        }

        return types.Contains(rules.Type)
            ? null
            : new RuleBreach(path, $"'{path}' names column '{column}' of type {Name(rules.Type)}; expected {string.Join(" or ", types.ToArray().Select(Name))}");
    }

    private static string Name(ColumnType type) => type.ToString().ToLowerInvariant();
}
