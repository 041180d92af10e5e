using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Names;
using Lifecycle.Storage;

namespace Lifecycle.Publishing.Watching;

/// <summary>Where the pages of drift decisions lie in the store: <c>reports/&lt;model&gt;/&lt;decision&gt;.html</c>.</summary>
public static class DriftPages
{
    /// <summary>Name of a decision's page.</summary>
    /// <exception cref="ArgumentException">Model or id are no names.</exception>
    public static string NameOf(DriftDecision decision) => BlobName.IsSegment(decision.Id)
        ? $"reports/{PlainName.Require(decision.Model, "model")}/{decision.Id}.html"
        : throw new ArgumentException($"The decision {PlainName.Describe(decision.Id)} is no identifier of one: use ASCII letters, digits, '.', '_' and '-'.");
}
