using Lifecycle.Domain.Models;

namespace Lifecycle.Data.Snapshots;

/// <summary>Gives labels that came back from serving: they lie where this room cannot reach.</summary>
public interface IFeedbackSource
{
    /// <summary>Writes the feedback of a model that was known by the end of a day, as <see cref="Predictions.FeedbackRows"/> says.</summary>
    Task WriteAsync(ModelDefinition model, DateOnly cutoff, string parquetPath, CancellationToken cancellation);
}
