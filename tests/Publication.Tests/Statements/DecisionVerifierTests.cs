using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Envelopes;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Statements;
using Lifecycle.Publishing.Tests.Fixtures;

namespace Lifecycle.Publishing.Tests.Statements;

public sealed class DecisionVerifierTests : IDisposable
{
    private readonly ReleaseTeam _team = new();

    [Fact]
    public void Verify_EnrolledEngineersApproval_IsAcceptedAsSigned()
    {
        DecisionStatement statement = _team.Statement("alice");

        DecisionVerdict verdict = _team.Verify(DecisionSigner.Sign(statement, _team["alice"]));

        SignedDecision decision = Assert.IsType<DecisionVerdict.Accepted>(verdict).Decision;
        Assert.Equal(statement, decision.Statement);
        Assert.Equal(_team["alice"].PublicKey.Fingerprint, decision.KeyFingerprint);
    }

    [Fact]
    public void Verify_AnotherEngineersKey_IsRefusedNamingBothKeys()
    {
        DecisionRefusal refusal = _team.Refused(DecisionSigner.Sign(_team.Statement("alice"), _team["bob"]));

        Assert.Equal(DecisionRefusalReason.BadSignature, refusal.Reason);
        Assert.Contains(_team["alice"].PublicKey.Fingerprint, refusal.Sentence, StringComparison.Ordinal);
        Assert.Contains(_team["bob"].PublicKey.Fingerprint, refusal.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_OneByteOfThePayloadChanged_IsRefused()
    {
        SigstoreBundle honest = SigstoreBundle.Parse(_team.Approve("alice").Bundle);
        byte[] payload = honest.Payload.ToArray();
        payload[payload.AsSpan().IndexOf("looked"u8)] ^= 1;

        Assert.Equal(DecisionRefusalReason.BadSignature, _team.Refused(new DecisionEnvelope(ReplacePayload(honest, payload))).Reason);
    }

    [Fact]
    public void Verify_NotEnrolled_IsRefusedNamingThoseWhoAre()
    {
        using SigningKey mallory = SigningKey.Create("mallory");

        DecisionRefusal refusal = _team.Refused(DecisionSigner.Sign(_team.Statement("mallory"), mallory));

        Assert.Equal(DecisionRefusalReason.UnknownEngineer, refusal.Reason);
        Assert.Contains("enrolled are alice, bob, carol", refusal.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_HomoglyphOfAnEngineer_IsRefusedShowingTheCodePoint()
    {
        DecisionStatement homoglyph = _team.Statement("alice") with { Engineer = "\u0430lice" };

        DecisionRefusal refusal = _team.Refused(DecisionSigner.Sign(homoglyph, _team["alice"]));

        Assert.Equal(DecisionRefusalReason.UnknownEngineer, refusal.Reason);
        Assert.Contains("[U+0430]lice", refusal.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_ApprovalOfAnOlderChallenger_IsRefusedNamingBothDigests()
    {
        ReleaseManifest older = _team.Seal(snapshot: "2019-12");

        DecisionRefusal refusal = _team.Refused(_team.Approve("alice", older));

        Assert.Equal(DecisionRefusalReason.OtherRelease, refusal.Reason);
        Assert.Contains($"releaseDigest is {older.Digest}, expected {_team.Release.Digest}", refusal.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_Requester_IsRefused()
    {
        ReleaseManifest own = _team.Seal(requestedBy: "alice");

        Assert.Equal(DecisionRefusalReason.Requester, _team.Refused(_team.Approve("alice", own), own).Reason);
    }

    [Fact]
    public void Verify_AtItsExpiry_IsRefusedAndJustBeforeAccepted()
    {
        DecisionEnvelope envelope = _team.Approve("alice");
        DateTimeOffset expiry = ReleaseTeam.Now + TimeSpan.FromHours(24);

        Assert.IsType<DecisionVerdict.Accepted>(_team.Verify(envelope, now: expiry - TimeSpan.FromTicks(1)));
        Assert.Equal(DecisionRefusalReason.Expired, _team.Refused(envelope, now: expiry).Reason);
    }

    [Fact]
    public void Verify_EnrolmentChangedSinceSealed_IsRefused()
    {
        Enrolment smaller = new() { Engineers = [.. _team.Enrolment.Engineers.Take(2)] };

        DecisionVerdict verdict = DecisionVerifier.Verify(_team.Approve("alice"), smaller, _team.Release, _team.Policy, ReleaseTeam.Now);

        Assert.Equal(DecisionRefusalReason.OtherPolicy, Assert.IsType<DecisionVerdict.Refused>(verdict).Refusal.Reason);
    }

    [Fact]
    public void Verify_SubjectOtherThanTheRelease_IsRefused()
    {
        InTotoStatement<DecisionStatement> statement = new()
        {
            Subject = [StatementSubject.Of("release.json", new string('0', 64))],
            PredicateType = DecisionSigner.PredicateType,
            Predicate = _team.Statement("alice"),
        };

        DecisionRefusal refusal = _team.Refused(new(SigstoreBundle.Sign(statement.ToBytes(), _team["alice"]).ToJson()));

        Assert.Equal(DecisionRefusalReason.Malformed, refusal.Reason);
        Assert.Contains("subject", refusal.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\"}")]
    public void Verify_NoBundle_IsRefusedAsMalformed(string text) =>
        Assert.Equal(DecisionRefusalReason.Malformed, _team.Refused(new DecisionEnvelope(text)).Reason);

    public void Dispose() => _team.Dispose();

    private static string ReplacePayload(SigstoreBundle bundle, byte[] payload) =>
        bundle.ToJson().Replace(Convert.ToBase64String(bundle.Payload.Span), Convert.ToBase64String(payload), StringComparison.Ordinal);
}
