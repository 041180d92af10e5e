using Lifecycle.Domain.Names;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Envelopes;
using Lifecycle.Storage;

namespace Lifecycle.Publishing.Statements;

/// <summary>
/// Which workflow a signed request was used by: an immutable record for each nonce, written by whoever is first. A request that is
/// played back to another workflow finds it and does not count.
/// </summary>
/// <param name="store">Where the records lie, <c>requests/&lt;engineer&gt;/&lt;nonce&gt;.json</c>.</param>
public sealed class RequestClaims(IBlobStore store)
{
    private readonly Records<Claim> claims = new(store, 1 << 16, CanonicalJson.Of);

    /// <summary>Uses a verified request for a workflow; the same workflow may do so again.</summary>
    /// <exception cref="RequestRefusedException">Another workflow has used it.</exception>
    public async Task ClaimAsync(SignedRequest request, string workflow, CancellationToken cancellationToken = default)
    {
        AskedFor asked = request.Statement.Asked;
        string name = $"requests/{PlainName.Require(asked.RequestedBy, "engineer")}/{request.Statement.Nonce}.json";
        if (!await claims.PutIfAbsentAsync(name, new Claim(workflow), cancellationToken))
        {
            throw new RequestRefusedException(
                asked, new DecisionRefusal(DecisionRefusalReason.NonceAlreadyUsed, $"another request was begun with the nonce {request.Statement.Nonce}: sign a new one"));
        }
    }

    private sealed record Claim(string Workflow);
}
