using System.Collections;
using Lifecycle.OnnxModels.Featurizers;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Lifecycle.Training.Trainers;

/// <summary>
/// The rows with their features, enumerable any number of times: ML.NET makes several passes. Features are computed once
/// and kept as long as they fit <paramref name="maximumBytes"/>; beyond that, the rest is computed again on every pass.
/// </summary>
internal sealed class FeatureRows(
    FeatureReader reader, IReadOnlyList<TrainingRow> rows, long maximumBytes, CancellationToken cancellation) : IEnumerable<FeatureRow>
{
    private readonly string[] inputs = [.. rows.Select(row => row.Input)];
    private readonly List<FeatureBatch> kept = [];
    private int keptRows;

    /// <summary>Computes as many features as fit.</summary>
    public void Fill()
    {
        long bytes = 0;
        foreach (FeatureBatch batch in reader.Read(inputs))
        {
            cancellation.ThrowIfCancellationRequested();
            bytes += batch.Bytes;
            if (bytes > maximumBytes)
            {
                return;
            }

            kept.Add(batch);
            keptRows += batch.RowCount;
        }
    }

    /// <summary>The rows as ML.NET reads them.</summary>
    public IDataView View(MLContext context)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(FeatureRow));
        schema[FeatureRow.FeaturesColumn].ColumnType = new VectorDataViewType(NumberDataViewType.Single, reader.FeatureCount);
        return context.Data.LoadFromEnumerable(this, schema);
    }

    public IEnumerator<FeatureRow> GetEnumerator()
    {
        FeatureRow current = new();
        VBuffer<float> features = default;
        int row = 0;
        foreach (FeatureBatch batch in kept.Concat(reader.Read(new ArraySegment<string>(inputs, keptRows, inputs.Length - keptRows))))
        {
            cancellation.ThrowIfCancellationRequested();
            for (int i = 0; i < batch.RowCount; i++, row++)
            {
                VBufferEditor<float> editor = VBufferEditor.Create(ref features, reader.FeatureCount, batch.Indices(i).Length);
                if (batch.Indices(i).Length < reader.FeatureCount)
                {
                    // A row without a zero is dense, and has no indices.
                    batch.Indices(i).CopyTo(editor.Indices);
                }

                batch.Values(i).CopyTo(editor.Values);
                features = editor.Commit();
                current.Features = features;
                current.Label = rows[row].Label;
                current.Weight = rows[row].Weight;
                yield return current;
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
