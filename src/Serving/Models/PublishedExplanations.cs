using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Training;
using Lifecycle.OnnxModels.Explanations;
using Lifecycle.OnnxModels.Scoring;
using Lifecycle.Publishing.Files;
using Lifecycle.Publishing.Trust;

namespace Lifecycle.Serving.Models;

/// <summary>Opens the signed explanation of a Publication, together with its model.</summary>
internal static class PublishedExplanations
{
    private const long MaximumBytes = 64 << 20;

    /// <exception cref="NotServableException">There is none, or it explains nothing.</exception>
    public static async Task<ModelExplainer> OpenAsync(VerifiedVersion version, ReadOnlyMemory<byte> model, CancellationToken cancellationToken)
    {
        // No conditional expression: it would make empty memory of null, and an empty document of none.
        ReadOnlyMemory<byte>? document = null;
        if (version.Has(ReleaseFileNames.Explanation))
        {
            document = await version.ReadAsync(ReleaseFileNames.Explanation, MaximumBytes, cancellationToken);
        }

        return Open(version.Entry, model, document);
    }

    /// <summary>The explainer of a version.</summary>
    /// <param name="entry">The version.</param>
    /// <param name="model">Its model.</param>
    /// <param name="document">Its explanation; null where it has none.</param>
    /// <exception cref="NotServableException">There is none, or it explains nothing.</exception>
    public static ModelExplainer Open(ChannelEntry entry, ReadOnlyMemory<byte> model, ReadOnlyMemory<byte>? document)
    {
        string name = $"version {entry.Version} of {entry.Model}";
        if (document is null)
        {
            throw new NotServableException(entry.Origin is ReferenceOrigin
                ? $"{name} is a reference model, whose lookup and rules stand in its {ReleaseFileNames.Reference}, and there is nothing to take apart; ask again without --explain"
                : $"{name} was published without an {ReleaseFileNames.Explanation}, before there was one; ask again without --explain, or publish a new version with: lifecycle retrain {entry.Model}");
        }

        try
        {
            return new ModelExplainer(model, ModelExplanation.Read(document.Value.Span, ReleaseFileNames.Explanation));
        }
        catch (Exception failure) when (failure is UnexplainableModelException or InvalidOnnxModelException or InvalidDataException)
        {
            throw new NotServableException($"the answers of {name} cannot be explained: {failure.Message.TrimEnd('.')}; ask again without --explain", failure);
        }
    }
}
