using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Lifecycle.Definitions;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.OnnxModels.Scoring;

namespace Lifecycle.InferenceSpeed;

/// <summary>A model's own featurizer over generated rows of its inputs: 200 levels a category, none missing but one number in ten.</summary>
internal static class FeatureFigures
{
    private const int RowCount = 300_000;
    private const int Turns = 9;

    public static IEnumerable<string> Measure(string folder)
    {
        ModelDefinition definition = ModelDefinitionReader.Read(folder).Definition;
        InputRows rows = Inputs(definition.Features.Schema, RowCount);
        Random random = new(3);
        RowSet training = new() { Inputs = rows, Labels = [.. Enumerable.Range(0, RowCount).Select(_ => random.NextDouble() * 60)], Keys = [.. Enumerable.Range(0, RowCount).Select(row => row.ToString(CultureInfo.InvariantCulture))] };
        FittedFeaturizer featurizer = FeaturizerFit.Fit(training, definition.Features, definition.Predicts);
        yield return "| threads | features | rows/s, median | rows/s, best | processor µs a row | bytes allocated a row |";
        yield return "|---|---|---|---|---|---|";
        foreach (int threads in (int[])[1, 2])
        {
            using FeatureReader reader = new(featurizer.Onnx, new ScorerOptions { Threads = threads });
            yield return Measure(reader, rows, threads);
        }
    }

    private static string Measure(FeatureReader reader, InputRows rows, int threads)
    {
        List<double> seconds = [];
        double allocated = 0;
        TimeSpan processor = TimeSpan.Zero;
        for (int turn = 0; turn <= Turns; turn++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            TimeSpan processorBefore = Environment.CpuUsage.TotalTime;
            long start = Stopwatch.GetTimestamp();
            long entries = reader.Read(rows).Sum(batch => (long)batch.EntryCount);
            if (turn > 0 && entries > 0)
            {
                seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
                processor += Environment.CpuUsage.TotalTime - processorBefore;
                allocated = (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / RowCount;
            }
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {threads} | {reader.FeatureCount} | {RowCount / seconds.Order().ElementAt(Turns / 2):N0} | {RowCount / seconds.Min():N0} | {processor.TotalMicroseconds / (Turns * RowCount):F2} | {allocated:F1} |");
    }

    private static InputRows Inputs(InputSchema schema, int count)
    {
        Random random = new(7);
        string[] levels = [.. Enumerable.Range(0, 200).Select(level => $"{(char)('A' + (level % 26))}{(char)('A' + (level / 26))}X")];
        long first = DateTime.UnixEpoch.AddYears(31).Ticks / TimeSpan.TicksPerMicrosecond;
        return new InputRows(schema, [.. schema.Columns.Select(Values)]);

        InputValues Values(InputColumn column) => column.Type switch
        {
            InputType.Number => new InputValues.Numbers([.. Enumerable.Range(0, count).Select(_ => column.Nullable && random.Next(10) == 0 ? float.NaN : random.Next(2000))]),
            InputType.Integer => new InputValues.Integers([.. Enumerable.Range(0, count).Select(_ => (long)random.Next(90))], []),
            InputType.Boolean => new InputValues.Integers([.. Enumerable.Range(0, count).Select(_ => (long)random.Next(2))], []),
            InputType.Timestamp => new InputValues.Integers([.. Enumerable.Range(0, count).Select(_ => first + random.NextInt64(15_000_000_000_000))], []),
            _ => new InputValues.Texts(ImmutableCollectionsMarshal.AsImmutableArray<string?>([.. Enumerable.Range(0, count).Select(_ => levels[random.Next(levels.Length)])])),
        };
    }
}
