using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Data.Events;
using Lifecycle.Data.Predictions;
using Lifecycle.Serving.Models;

namespace Lifecycle.Serving.Importing;

/// <summary>Rows of a file as rows of the log.</summary>
/// <param name="request">What to import.</param>
/// <param name="fileName">The file's name.</param>
/// <param name="fileId">Identity of the file's bytes.</param>
/// <param name="now">When rows happened and became known, where no column says so.</param>
internal sealed class ImportedRows(LogImportRequest request, string fileName, string fileId, DateTimeOffset now)
{
    /// <summary>The file's name.</summary>
    public string FileName => fileName;

    /// <summary>The predictions: those of the file, and of <paramref name="scorer"/> where the file has none.</summary>
    public ImmutableArray<PredictionRow> Predictions(IReadOnlyList<EventRow> rows, LiveModel? scorer)
    {
        List<EventRow> unscored = scorer is null ? [] : [.. rows.Where(row => row.Prediction is null)];
        ImmutableArray<AnsweredRow> answers = scorer?.Predict([.. unscored.Select(row => row.Input!)]) ?? [];
        return
        [
            .. rows.Where(row => row.Prediction is not null).Select(row => Row(row) with { Prediction = row.Prediction, Answers = row.Answers }),
            .. unscored.Select((row, i) => Row(row) with
            {
                ModelDigest = scorer!.Entry.Publication.ModelDigest,
                ChannelVersion = scorer.Entry.Version,
                Prediction = answers[i].Prediction?.Leading,
                Answers = answers[i].Prediction?.ByClass ?? [],
                Refusal = answers[i].Refusal,
            }),
        ];
    }

    /// <summary>The labels: of requests where the file gives their ids or their predictions come with them, else of inputs.</summary>
    public ImmutableArray<LabelRow> Labels(IReadOnlyList<EventRow> rows, bool areScored) =>
    [
        .. rows.Where(row => row.IsLabelled).Select(row => new LabelRow
        {
            RequestId = areScored || row.Prediction is not null ? IdOf(row) : row.RequestId,
            Input = row.Input,
            Label = row.Label,
            Class = row.Class,
            KnownTime = row.LabelTime ?? now,
            Source = request.Source ?? fileName,
        }),
    ];

    private string IdOf(EventRow row) => row.RequestId ?? string.Create(CultureInfo.InvariantCulture, $"{fileId}/{row.Line}");

    private PredictionRow Row(EventRow row) => new()
    {
        Time = row.Time ?? now,
        KnownTime = row.KnownTime ?? now,
        RequestId = IdOf(row),
        Input = row.Input!,
    };
}
