using Lifecycle.Domain.Names;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Envelopes;
using Lifecycle.Publishing.Keys;

namespace Lifecycle.Publishing.Statements;

/// <summary>Proves that an enrolled engineer signed: the one check that decisions and requests pass.</summary>
internal static class EnrolledSignature
{
    /// <summary>Why it is not the engineer's signature; null when it is.</summary>
    /// <param name="bundle">What was delivered.</param>
    /// <param name="engineer">Whose signature it has to be.</param>
    /// <param name="enrolment">Who may sign.</param>
    /// <param name="fingerprint">Fingerprint of the enrolled key; empty when nobody of that id is enrolled.</param>
    public static DecisionRefusal? Refuse(SigstoreBundle bundle, string engineer, Enrolment enrolment, out string fingerprint)
    {
        fingerprint = "";
        if (enrolment.Engineers.FirstOrDefault(enrolled => enrolled.Id == engineer) is not { } owner)
        {
            return new(DecisionRefusalReason.UnknownEngineer, $"the engineer {PlainName.Describe(engineer)} is not enrolled; enrolled are {string.Join(", ", enrolment.Engineers.Select(enrolled => enrolled.Id))}");
        }

        VerificationKey key = VerificationKey.FromPem(owner.PublicKeyPem);
        fingerprint = key.Fingerprint;
        return bundle.IsSignedBy(key)
            ? null
            : new(DecisionRefusalReason.BadSignature, $"the signature is not by {owner.Id}'s enrolled key {key.Fingerprint}; the envelope names key {PlainName.Describe(bundle.Hint)}");
    }
}
