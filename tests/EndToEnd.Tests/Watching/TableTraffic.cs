using System.Collections.Immutable;
using Lifecycle.Data;
using Lifecycle.Data.Inputs;
using Lifecycle.Data.Predictions;
using Lifecycle.Data.Rows;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Runs;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;
using Lifecycle.Serving.Logging;
using Lifecycle.Storage;

namespace Lifecycle.EndToEnd.Tests.Watching;

/// <summary>Writes days of GENERATED traffic of a table into the log: requests for the Holdout's rows, whose labels are known at once.</summary>
/// <param name="store">The store with the log.</param>
/// <param name="model">The model.</param>
/// <param name="schema">What it reads.</param>
/// <param name="target">What it predicts.</param>
/// <param name="folder">A folder for files.</param>
internal sealed class TableTraffic(IBlobStore store, string model, InputSchema schema, Target target, string folder)
{
    private readonly PredictionParts log = new(store, Path.Combine(folder, "traffic"));

    /// <summary>Writes a day.</summary>
    /// <param name="promoted">The run whose Holdout it is.</param>
    /// <param name="day">The day of March 2024.</param>
    /// <param name="ask">Makes the requests' texts of the rows.</param>
    public async Task WriteAsync(RetrainingState promoted, int day, Func<InputRows, IEnumerable<string>> ask)
    {
        string path = await new ArtifactStore(store, Path.Combine(folder, "artifacts")).DownloadAsync(promoted.Features!.Holdout.Rows);
        RowSet held = RowSets.Read(path, schema, RowParts.None, new DataLimits());
        WatchWindow window = SampleTraffic.Day(day);
        ImmutableArray<PredictionRow> requests =
        [
            .. ask(held.Inputs).Select((input, row) => new PredictionRow
            {
                Time = window.From.AddSeconds(row), KnownTime = window.From.AddSeconds(row), RequestId = $"{model}-{window.Id}-{row}", Input = input,
            }),
        ];
        IEnumerable<LabelRow> labels = requests.Select((request, row) => new LabelRow
        {
            RequestId = request.RequestId,
            Label = target.ClassNames.IsEmpty ? held.Labels[row] : null,
            Class = target.ClassNames.IsEmpty ? null : target.ClassNames[(int)held.Labels[row]],
            KnownTime = request.Time,
            Source = "generated",
        });
        string parts = Directory.CreateDirectory(Path.Combine(folder, $"{model}-{day}")).FullName;
        await log.UploadPredictionsAsync(model, LogParts.WritePredictions([.. requests], parts, new DataLimits()));
        await log.UploadLabelsAsync(model, LogParts.WriteLabels([.. labels], parts, new DataLimits()));
    }

    /// <summary>The rows as they are.</summary>
    public static IEnumerable<string> Usual(InputRows rows) => RowText.Of(rows);

    /// <summary>The same rows, each three times as heavy.</summary>
    public static IEnumerable<string> Heavy(InputRows rows) => RowText.Of(rows with
    {
        Columns = [.. rows.Columns.Select(column => column is InputValues.Numbers weights ? new InputValues.Numbers([.. weights.Values.Select(weight => 3 * weight)]) : column)],
    });

    /// <summary>Rows of which every fourth says its weight in words.</summary>
    public static IEnumerable<string> Broken(InputRows rows) =>
        RowText.Of(rows).Select((text, row) => row % 4 == 0 ? text.Replace("\"weight\":", "\"weight\":\"heavy\",\"was\":", StringComparison.Ordinal) : text);
}
