using Lifecycle.Domain.Names;
using Lifecycle.Domain.Releases;

namespace Lifecycle.Publishing.Statements;

/// <summary>What is asked for is not begun. Permanent: ask anew, as the message says.</summary>
public sealed class RequestRefusedException : Exception
{
    /// <summary>A signed request that does not count.</summary>
    public RequestRefusedException(AskedFor asked, DecisionRefusal refusal)
        : this(asked, $"the signed request of {PlainName.Describe(asked.RequestedBy)} does not count: {refusal.Sentence}") => Reason = refusal.Reason;

    /// <summary>A request that nobody could approve.</summary>
    public RequestRefusedException(AskedFor asked, string reason)
        : base($"{asked.Kind} of {asked.Model} on {asked.Channel} is not begun: {reason}.")
    {
    }

    /// <summary>Why the signature does not count; null where it is something else.</summary>
    public DecisionRefusalReason? Reason { get; }
}
