using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Watch;

namespace Lifecycle.Publishing.Watching;

/// <summary>Where the pages of drift decisions lie in the store: <c>reports/&lt;model&gt;/&lt;decision&gt;.html</c>.</summary>
public static class DriftPages
{
    /// <summary>Name of a decision's page.</summary>
    public static string NameOf(DriftDecision decision) => $"reports/{PlainName.Require(decision.Model, "model")}/{decision.Id}.html";
}
