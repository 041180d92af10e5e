using System.Text;
using Lifecycle.Domain;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Envelopes;
using Lifecycle.Publishing.Statements;
using Lifecycle.Publishing.Tests.Fixtures;

namespace Lifecycle.Publishing.Tests.Statements;

public sealed class ReleaseManifestsTests : IDisposable
{
    private readonly ReleaseTeam _team = new();

    [Fact]
    public void Seal_Manifest_DigestIsThatOfTheFile()
    {
        Assert.Equal(Sha256Digest.Of(ReleaseManifests.ToBytes(_team.Release)), _team.Release.Digest);
    }

    [Fact]
    public void Seal_FilesInAnotherOrder_IsTheSameRelease()
    {
        ReleaseFile model = new("model.onnx", ArtifactRef.ForContent(new string('a', 64), 1, MediaTypes.Onnx));
        ReleaseFile card = new("model-card.md", ArtifactRef.ForContent(new string('c', 64), 1, "text/markdown"));

        Assert.Equal(_team.Seal(files: [card, model]).Digest, _team.Seal(files: [model, card]).Digest);
    }

    [Fact]
    public void Parse_ItsOwnBytes_GivesTheSealedManifest()
    {
        ReleaseManifest parsed = ReleaseManifests.Parse(ReleaseManifests.ToBytes(_team.Release));

        Assert.Equal(_team.Release.Digest, parsed.Digest);
        Assert.Equal(_team.Release.Files, parsed.Files);
    }

    [Fact]
    public void Parse_SameContentWithASpace_IsRefused()
    {
        string spaced = Encoding.UTF8.GetString(ReleaseManifests.ToBytes(_team.Release)).Replace(",", ", ", StringComparison.Ordinal);

        MalformedEnvelopeException refusal = Assert.Throws<MalformedEnvelopeException>(() => ReleaseManifests.Parse(Encoding.UTF8.GetBytes(spaced)));

        Assert.Contains("canonical", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PolicyDigest_OtherThreshold_Differs() => Assert.NotEqual(
        ReleaseManifests.PolicyDigest(_team.Policy, _team.Enrolment),
        ReleaseManifests.PolicyDigest(_team.Policy with { Threshold = 1 }, _team.Enrolment));

    public void Dispose() => _team.Dispose();
}
