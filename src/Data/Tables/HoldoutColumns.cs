using System.Collections.Immutable;
using System.Data.Common;

namespace Lifecycle.Data.Tables;

/// <summary>Gathers the rows of a Holdout column by column.</summary>
internal sealed class HoldoutColumns(int sliceCount)
{
    private const int FirstSlice = 6;

    private readonly ImmutableArray<string>.Builder keys = ImmutableArray.CreateBuilder<string>();
    private readonly ImmutableArray<string>.Builder inputs = ImmutableArray.CreateBuilder<string>();
    private readonly ImmutableArray<bool>.Builder labels = ImmutableArray.CreateBuilder<bool>();
    private readonly ImmutableArray<double>.Builder weights = ImmutableArray.CreateBuilder<double>();
    private readonly ImmutableArray<string>.Builder clusters = ImmutableArray.CreateBuilder<string>();
    private readonly ImmutableArray<bool?>.Builder lookups = ImmutableArray.CreateBuilder<bool?>();
    private readonly ImmutableArray<bool>.Builder[] slices = [.. Enumerable.Range(0, sliceCount).Select(_ => ImmutableArray.CreateBuilder<bool>())];

    /// <summary>Adds a row: key, input, label, weight, cluster, lookup, then the slices.</summary>
    public void Add(DbDataReader row)
    {
        keys.Add(row.GetString(0));
        inputs.Add(row.GetString(1));
        labels.Add(row.GetBoolean(2));
        weights.Add(row.GetDouble(3));
        clusters.Add(row.GetString(4));
        lookups.Add(row.IsDBNull(5) ? null : row.GetBoolean(5));
        for (int slice = 0; slice < slices.Length; slice++)
        {
            slices[slice].Add(row.GetBoolean(FirstSlice + slice));
        }
    }

    /// <summary>All rows added.</summary>
    public HoldoutRows ToRows(ImmutableArray<string> sliceNames) => new()
    {
        Keys = keys.ToImmutable(),
        Inputs = inputs.ToImmutable(),
        Labels = labels.ToImmutable(),
        Weights = weights.ToImmutable(),
        Clusters = clusters.ToImmutable(),
        Lookups = lookups.ToImmutable(),
        Slices = sliceNames.Index().ToImmutableSortedDictionary(slice => slice.Item, slice => slices[slice.Index].ToImmutable(), StringComparer.Ordinal),
    };
}
