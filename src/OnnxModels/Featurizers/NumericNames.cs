using System.Collections.Immutable;
using Lifecycle.Domain.Models;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>What the feature that carries a column's number is called.</summary>
public static class NumericNames
{
    private static readonly ImmutableArray<RowTransform.Numeric> Forms =
    [
        new(), new() { Standardise = true }, new() { Log1p = true }, new() { Log1p = true, Standardise = true }, new() { Bins = 2 },
    ];

    /// <summary>
    /// Every name that it can have. Whatever a numeric transform does, the feature never falls where the number rises: a direction of the
    /// column is one of the feature.
    /// </summary>
    /// <param name="column">The column.</param>
    public static ImmutableArray<string> AllOf(string column) => [.. Forms.Select(form => Of(column, form))];

    /// <summary>Its name by a definition.</summary>
    internal static string Of(string column, RowTransform.Numeric definition)
    {
        string value = definition.Log1p ? $"log1p({column})" : column;
        return definition.Bins is not null ? $"bin({value})" : definition.Standardise ? $"standardised({value})" : value;
    }
}
