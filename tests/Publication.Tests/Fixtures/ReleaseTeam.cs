using System.Collections.Immutable;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Statements;

namespace Lifecycle.Publishing.Tests.Fixtures;

/// <summary>Alice, Bob and Carol with their keys, their Enrolment, and a sealed release that dora asked for.</summary>
internal sealed class ReleaseTeam : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, SigningKey> _keys =
        new[] { "alice", "bob", "carol" }.ToDictionary(id => id, SigningKey.Create);

    public ReleaseTeam()
    {
        Enrolment = new() { Engineers = [.. _keys.Values.Select(key => new ReleaseEngineer(key.Id, key.PublicKey.Pem, IsDemo: false))] };
        Release = Seal(requestedBy: "dora");
    }

    public SigningKey this[string id] => _keys[id];

    public ApprovalPolicy Policy { get; } = new();

    public Enrolment Enrolment { get; }

    public ReleaseManifest Release { get; }

    public ReleaseManifest Seal(string requestedBy = "dora", string snapshot = "2020-05", ImmutableArray<ReleaseFile> files = default) =>
        ReleaseManifests.Seal(new()
        {
            Model = "disposable-domain",
            Snapshot = snapshot,
            SnapshotDigest = new string('5', 64),
            Channel = "production",
            ChannelVersion = 3,
            BlessingDigest = new string('b', 64),
            PolicyDigest = ReleaseManifests.PolicyDigest(Policy, Enrolment),
            InvocationId = "temporal://default/retrain-disposable-domain/0199",
            RequestedBy = requestedBy,
            Files = files.IsDefault ? [new("model.onnx", ArtifactRef.ForContent(new string('a', 64), 9, MediaTypes.Onnx))] : files,
        });

    public DecisionStatement Statement(string engineer, ReleaseManifest? release = null, DecisionKind decision = DecisionKind.Approve) =>
        DecisionSigner.Make(release ?? Release, decision, engineer, "looked at the evidence", Now, TimeSpan.FromHours(24));

    public DecisionEnvelope Approve(string engineer, ReleaseManifest? release = null) =>
        DecisionSigner.Sign(Statement(engineer, release), this[engineer]);

    public SignedDecision Accepted(string engineer, ReleaseManifest? release = null) =>
        Assert.IsType<DecisionVerdict.Accepted>(Verify(Approve(engineer, release), release)).Decision;

    public DecisionVerdict Verify(DecisionEnvelope envelope, ReleaseManifest? release = null, DateTimeOffset? now = null) =>
        DecisionVerifier.Verify(envelope, Enrolment, release ?? Release, Policy, now ?? Now);

    public DecisionRefusal Refused(DecisionEnvelope envelope, ReleaseManifest? release = null, DateTimeOffset? now = null) =>
        Assert.IsType<DecisionVerdict.Refused>(Verify(envelope, release, now)).Refusal;

    public void Dispose()
    {
        foreach (SigningKey key in _keys.Values)
        {
            key.Dispose();
        }
    }
}
