using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Names;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Envelopes;
using Lifecycle.Publishing.Files;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Statements;

namespace Lifecycle.Publishing.Trust;

/// <summary>
/// Decides whether a publication may be used. Pure: bytes, keys and one reference time in, verdict out. The steps are in
/// the order of trust: the publisher's signature, then the files it names, then what they say about each other, then
/// whether enough release engineers approved exactly that.
/// </summary>
/// <remarks>
/// Expiry of an Approval is a rule for the publisher, at the moment of publication; a model does not stop being approved
/// a day later. What a verifier can prove by itself is that there was such a moment: all counted Approvals were valid
/// together when the last of them was signed, and that was not in the future.
/// </remarks>
public sealed class PublicationTrust
{
    private readonly PublicationContent _content;
    private readonly TrustRoot _root;
    private readonly DateTimeOffset _now;
    private readonly ImmutableArray<VerificationCheck>.Builder _checks = ImmutableArray.CreateBuilder<VerificationCheck>();

    private PublicationTrust(PublicationContent content, TrustRoot root, DateTimeOffset now) =>
        (_content, _root, _now) = (content, root, now);

    /// <summary>Judges a publication.</summary>
    /// <param name="content">What was found.</param>
    /// <param name="root">What is believed.</param>
    /// <param name="now">The reference time.</param>
    public static VerificationReport Judge(PublicationContent content, TrustRoot root, DateTimeOffset now) =>
        new PublicationTrust(content, root, now).Judge();

    private VerificationReport Judge()
    {
        VerificationReport report = new() { Location = _content.Location, IsDemo = _root.IsDemo };
        SignedRelease? signed = null;
        bool passed = false;
        if (TryReadSignature(out InTotoStatement<ModelSignaturePredicate>? signature)
            && CheckFiles(signature.Predicate.Resources)
            && TryReadRelease(signature, out ReleaseManifest? release))
        {
            Publication publication = CheckRelease(signature, release);
            bool isSigned = _checks.All(check => check.Passed);
            publication = publication with { ApprovedBy = CheckApprovals(RequestTrust.AsProven(release, _content, _root.Enrolment, _checks.Add)) };
            passed = _checks.All(check => check.Passed);
            signed = isSigned ? new SignedRelease(release, publication) : null;
        }

        return report with
        {
            Checks = _checks.ToImmutable(),
            Signed = signed,
            Publication = passed ? signed?.Publication : null,
            Release = passed ? signed?.Release : null,
        };
    }

    private Publication CheckRelease(InTotoStatement<ModelSignaturePredicate> signature, ReleaseManifest release)
    {
        string directory = ReleaseFileNames.Directory(release);
        if (_content.Directory is not null && _content.Directory != directory)
        {
            Check("directory", false, $"found the release of {directory}, expected that of {_content.Directory}");
        }

        CheckReleaseFiles(release);
        return new Publication(
            directory,
            release.Digest,
            signature.Subject[0].Digest.Sha256,
            _content.Digests.GetValueOrDefault(ReleaseFileNames.Model, ""),
            []);
    }

    private bool TryReadSignature([NotNullWhen(true)] out InTotoStatement<ModelSignaturePredicate>? statement)
    {
        const string name = ModelSignature.FileName;
        statement = null;
        try
        {
            VerificationKey publisher = VerificationKey.FromPem(_root.PublisherKeyPem);
            SigstoreBundle bundle = SigstoreBundle.Parse(_content.Signature ?? throw new MalformedEnvelopeException("the file is missing."));
            if (!bundle.IsSignedBy(publisher) || bundle.Hint != publisher.Fingerprint)
            {
                return Check(name, false, $"the signature is by key {PlainName.Describe(bundle.Hint)} or its bytes were changed, expected the trusted publisher's key {publisher.Fingerprint}");
            }

            // Also a change of a byte that the signature does not cover is a change.
            if (bundle.ToJson() != _content.Signature)
            {
                return Check(name, false, "the envelope around the signed statement is not in the form its signer writes");
            }

            statement = ModelSignature.Read(bundle);
            return Check(name, true, $"signed by the publisher's key {publisher.Fingerprint}");
        }
        catch (Exception defect) when (defect is MalformedEnvelopeException or FormatException)
        {
            return Check(name, false, defect.Message);
        }
    }

    private bool CheckFiles(ImmutableArray<SignedResource> resources)
    {
        foreach (SignedResource resource in resources)
        {
            string found = _content.Digests.GetValueOrDefault(resource.Name, "");
            string expected = $"expected sha256 {resource.Digest}";
            Check(resource.Name, found == resource.Digest, found switch
            {
                "" => $"missing, {expected}",
                _ when found == resource.Digest => $"sha256 {found}",
                _ => $"found sha256 {found}, {expected}",
            });
        }

        foreach (string extra in _content.Digests.Keys.Except(resources.Select(resource => resource.Name)))
        {
            Check(extra, false, $"found sha256 {_content.Digests[extra]}, expected no such file: {ModelSignature.FileName} does not cover it");
        }

        return _checks.All(check => check.Passed);
    }

    private bool TryReadRelease(
        InTotoStatement<ModelSignaturePredicate> signature, [NotNullWhen(true)] out ReleaseManifest? release)
    {
        const string name = ReleaseManifests.FileName;
        release = null;
        try
        {
            release = ReleaseManifests.Parse(_content.Release.Span);
            string signedModel = signature.Subject[0].Name;
            return PlainName.IsValid(release.Model) && release.Model == signedModel
                || Check(name, false, $"the release is of model {PlainName.Describe(release.Model)}, expected {PlainName.Describe(signedModel)}, which {ModelSignature.FileName} names");
        }
        catch (MalformedEnvelopeException defect)
        {
            return Check(name, false, defect.Message);
        }
    }

    private void CheckReleaseFiles(ReleaseManifest release)
    {
        ImmutableSortedDictionary<string, string> found = _content.Digests;
        List<string> defects = [];
        foreach (ReleaseFile file in release.Files.Where(file => found.GetValueOrDefault(file.Name) != file.Content.Sha256))
        {
            defects.Add($"{file.Name} is sha256 {found.GetValueOrDefault(file.Name, "nothing")}, expected {file.Content.Sha256}");
        }

        HashSet<string> named = [.. release.Files.Select(file => file.Name)];
        defects.AddRange(found.Keys.Where(name => ReleaseFileNames.IsContent(name) && !named.Contains(name)).Select(name => $"{name} is not part of it"));
        if (!named.Contains(ReleaseFileNames.Model))
        {
            defects.Add($"it has no {ReleaseFileNames.Model}");
        }

        if (found.TryGetValue(ReleaseFileNames.Blessing, out string? blessing) && blessing != release.BlessingDigest)
        {
            defects.Add($"{ReleaseFileNames.Blessing} is sha256 {blessing}, expected {release.BlessingDigest}");
        }

        if ((release.Origin is ReferenceOrigin) != release.Unmeasured is { Length: > 0 })
        {
            defects.Add($"its snapshot is '{release.Snapshot}', and it says {(release.Unmeasured is null ? "nothing" : $"'{release.Unmeasured}'")} about not being measured: a cold start says so, and nothing else does");
        }

        Check("release", defects.Count == 0, defects.Count == 0 ? $"release {release.Digest} names every file by its digest" : string.Join(", ", defects));
    }

    private ImmutableArray<string> CheckApprovals(ReleaseManifest release)
    {
        ImmutableArray<SignedDecision> decisions = [.. _content.Approvals.Select(file => ReadApproval(file.Key, file.Value)).OfType<SignedDecision>()];
        ApprovalPolicy policy = new() { Threshold = _root.MinimumApprovals, MaximumDecisionAge = _root.MaximumDecisionAge };
        DateTimeOffset published = decisions.Select(decision => decision.Statement.IssuedAt).DefaultIfEmpty(_now).Max();
        if (published > _now + ApprovalRules.ClockTolerance)
        {
            Check("approvals", false, $"signed at {published:u}, after now, {_now:u}: check this machine's clock");
            return [];
        }

        ApprovalTally tally = ApprovalRules.Tally(decisions, release, policy, published);
        Check("approvals", tally.IsApproved && tally.Uncounted.IsEmpty, tally.Sentence);
        return tally.ApprovedBy;
    }

    private SignedDecision? ReadApproval(string file, string bundle)
    {
        switch (DecisionVerifier.VerifySignature(new DecisionEnvelope(bundle), _root.Enrolment))
        {
            case DecisionVerdict.Refused { Refusal: var refusal }:
                Check(file, false, refusal.Sentence);
                return null;
            case DecisionVerdict.Accepted { Decision: var decision } when file != ReleaseFileNames.Approval(decision.Statement.Engineer):
                Check(file, false, $"the decision is {decision.Statement.Engineer}'s, expected that of the engineer it is named for");
                return null;
            case DecisionVerdict.Accepted { Decision: var decision }:
                return decision;
            default:
                return null;
        }
    }

    private bool Check(string name, bool passed, string sentence)
    {
        _checks.Add(new VerificationCheck(name, passed, sentence));
        return passed;
    }
}
