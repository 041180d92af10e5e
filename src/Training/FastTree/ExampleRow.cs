using Lifecycle.Training.Matrices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Lifecycle.Training.FastTree;

/// <summary>A row as ML.NET reads it. One object is filled anew for each row: ML.NET copies what it reads.</summary>
internal sealed class ExampleRow
{
    /// <summary>
    /// What a missing feature becomes: FastTree leaves rows with NaN out. Below every other number, it goes left wherever a tree splits,
    /// and the first split of all can tell it from the rest.
    /// </summary>
    public const float Missing = float.MinValue;

    /// <summary>The feature vector.</summary>
    public VBuffer<float> Features { get; set; }

    /// <summary>Label that is a number.</summary>
    public float Label { get; set; }

    /// <summary>Label of two classes.</summary>
    public bool IsPositive { get; set; }

    /// <summary>Weight.</summary>
    public float Weight { get; set; }

    /// <summary>The rows as a table, read as often as ML.NET asks.</summary>
    /// <param name="context">Where the table belongs.</param>
    /// <param name="rows">The feature vectors.</param>
    /// <param name="labels">A label for each; null where none is asked for.</param>
    /// <param name="weights">A weight for each; null weighs all alike.</param>
    /// <param name="beforeEach">Called before each row.</param>
    public static IDataView Table(MLContext context, FeatureMatrix rows, double[]? labels, double[]? weights, Action beforeEach)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(ExampleRow));
        schema[nameof(Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows.FeatureCount);
        return context.Data.LoadFromEnumerable(Read(rows, labels, weights, beforeEach), schema);
    }

    private static IEnumerable<ExampleRow> Read(FeatureMatrix rows, double[]? labels, double[]? weights, Action beforeEach)
    {
        ExampleRow row = new();
        float[] values = new float[rows.FeatureCount];
        int[] columns = new int[rows.FeatureCount];
        for (int index = 0; index < rows.RowCount; index++)
        {
            beforeEach();
            row.Features = Vector(rows.Entries(index), rows.FeatureCount, values, columns);
            row.Label = (float)(labels?[index] ?? 0);
            row.IsPositive = row.Label > 0;
            row.Weight = (float)(weights?[index] ?? 1);
            yield return row;
        }
    }

    private static VBuffer<float> Vector(FeatureEntries entries, int featureCount, float[] values, int[] columns)
    {
        int count = entries.Values.Length;
        for (int entry = 0; entry < count; entry++)
        {
            float value = entries.Values[entry];
            values[entry] = float.IsNaN(value) ? Missing : value;
            columns[entry] = entries.Column(entry);
        }

        return count == featureCount ? new VBuffer<float>(featureCount, values) : new VBuffer<float>(featureCount, count, values, columns);
    }
}
