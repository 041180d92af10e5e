using Lifecycle.Data;
using Lifecycle.Data.Predictions;
using Lifecycle.Data.Snapshots;
using Lifecycle.Domain.Models;

namespace Lifecycle.Serving.Logging;

/// <summary>The labels in a model's log as rows to learn from: what was imported, or came back otherwise, by a cutoff.</summary>
/// <param name="log">The log.</param>
/// <param name="limits">What the work may use.</param>
public sealed class LogFeedback(PredictionParts log, DataLimits limits) : IFeedbackSource
{
    /// <inheritdoc/>
    public async Task WriteAsync(ModelDefinition model, DateOnly cutoff, string parquetPath, CancellationToken cancellation)
    {
        DateTimeOffset end = cutoff < DateOnly.MaxValue ? new(cutoff.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero) : DateTimeOffset.MaxValue;
        WindowParts parts = await log.DownloadAsync(model.Name, DateTimeOffset.MinValue, end, end.AddTicks(-1), cancellation);
        FeedbackRows.Write(parts, cutoff, model.Features.Schema, model.Predicts, parquetPath, limits, cancellation);
    }
}
