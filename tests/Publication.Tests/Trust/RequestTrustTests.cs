using System.Collections.Immutable;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Files;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Releases;
using Lifecycle.Publishing.Statements;
using Lifecycle.Publishing.Tests.Fixtures;
using Lifecycle.Publishing.Trust;

namespace Lifecycle.Publishing.Tests.Trust;

/// <summary>What a client makes of a publication's <c>request.json</c>: the same that was counted when it was published.</summary>
public sealed class RequestTrustTests(EmulatorFixture emulator)
{
    [Fact]
    public async Task Publish_ReleaseWithASignedRequest_VerifiesAndNamesWhoAsked()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        ReleaseManifest release = await SealAsync(world, "carol", Asked(world));

        VerificationReport report = await PublishedAsync(world, release, world.Root, "alice", "bob");

        Assert.True(report.Passed, report.Refusal);
        Assert.Contains(report.Checks, check => check is { Name: "request", Sentence: "asked for by carol, signed" });
    }

    [Fact]
    public async Task Publish_ApprovedByWhoSignedTheRequest_IsRefused()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        ReleaseManifest release = await SealAsync(world, "carol", Asked(world));

        var refused = await Assert.ThrowsAsync<ReleaseNotApprovedException>(() => PublishedAsync(world, release, world.Root, "alice", "carol"));

        Assert.Contains("carol asked for this run", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_UnsignedRequestUnderANameOfAnApprover_CountsTheApprover()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        ReleaseManifest release = await SealAsync(world, "alice", asked: null);

        VerificationReport report = await PublishedAsync(world, release, world.Root, "alice", "bob");

        Assert.True(report.Passed, report.Refusal);
        Assert.Equal("", release.RequestDigest);
    }

    [Theory]
    [InlineData(false, "alice", false)]
    [InlineData(false, "alice bob", true)]
    [InlineData(true, "alice", true)]
    [InlineData(true, "carol", false)]
    public async Task Judge_WhereOneApprovalIsEnough_AsksTwoOfAnUnsignedRequest(bool isSigned, string approvers, bool passes)
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        TrustRoot lenient = world.Root with { MinimumApprovals = 1 };
        ReleaseManifest release = await SealAsync(world, "carol", isSigned ? Asked(world) : null);

        VerificationReport report = await JudgeAsync(world, release, lenient, approvers.Split(' '));

        Assert.Equal(passes, report.Passed);
    }

    [Fact]
    public async Task Judge_RequesterWhoLeft_IsUnverified_AndTwoOthersSuffice()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        ReleaseManifest release = await SealAsync(world, "carol", Asked(world));
        TrustRoot without = world.Root with { MinimumApprovals = 1, Enrolment = new() { Engineers = [.. world.Root.Enrolment.Engineers.Where(engineer => engineer.Id != "carol")] } };

        Assert.True((await JudgeAsync(world, release, without, "alice", "bob")).Passed);
        Assert.False((await JudgeAsync(world, release, without, "alice")).Passed);
    }

    [Theory]
    [InlineData("another model")]
    [InlineData("another channel")]
    [InlineData("another kind")]
    [InlineData("another requester")]
    public async Task Judge_RequestOfSomethingElse_IsRefused(string difference)
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        AskedFor asked = Asked(world);
        ReleaseManifest release = await SealAsync(world, difference == "another requester" ? "bob" : "carol", difference switch
        {
            "another model" => asked with { Model = "tracker-host" },
            "another channel" => asked with { Channel = "staging" },
            "another kind" => asked with { Kind = RequestKind.ColdStart },
            _ => asked,
        });

        VerificationReport report = await JudgeAsync(world, release, world.Root, "alice", "bob");

        Assert.Contains(report.Checks, check => check is { Name: "request", Passed: false });
    }

    private static AskedFor Asked(PublishingWorld world) =>
        new() { Kind = RequestKind.Retrain, Model = world.Release.Model, Channel = world.Release.Channel, RequestedBy = "carol" };

    private static async Task<ReleaseManifest> SealAsync(PublishingWorld world, string requestedBy, AskedFor? asked)
    {
        SignedRequest? request = null;
        if (asked is not null)
        {
            RequestEnvelope envelope = RequestSigner.Sign(RequestSigner.Make(asked, ReleaseTeam.Now, TimeSpan.FromHours(1)), world.Team["carol"]);
            Assert.True(RequestVerifier.TryProve(envelope, world.Root.Enrolment, out request, out _));
        }

        return await new ReleaseAssembler(world.Artifacts).AssembleAsync(world.Facts with { RequestedBy = requestedBy, Request = request });
    }

    private static async Task<VerificationReport> PublishedAsync(PublishingWorld world, ReleaseManifest release, TrustRoot root, params string[] approvers)
    {
        Publication publication = await world.PublisherOver(world.Store).PublishAsync(
            new(release, world.Team.Policy, Approvals(world, release, approvers)));
        return await new PublicationVerifier(root, world.Clock).VerifyBlobAsync(world.Store, publication.Directory);
    }

    private static async Task<VerificationReport> JudgeAsync(PublishingWorld world, ReleaseManifest release, TrustRoot root, params string[] approvers)
    {
        ImmutableSortedDictionary<string, string> approvals = Approvals(world, release, approvers)
            .ToImmutableSortedDictionary(decision => ReleaseFileNames.Approval(decision.Statement.Engineer), decision => decision.Bundle, StringComparer.Ordinal);
        byte[] document = ReleaseManifests.ToBytes(release);
        ImmutableSortedDictionary<string, string> digests = release.Files.Select(file => KeyValuePair.Create(file.Name, file.Content.Sha256))
            .Concat(approvals.Select(file => KeyValuePair.Create(file.Key, DigestOf(file.Value))))
            .Append(KeyValuePair.Create(ReleaseManifests.FileName, Domain.Sha256Digest.Of(document)))
            .ToImmutableSortedDictionary(StringComparer.Ordinal);
        ReleaseFile? request = release.Files.FirstOrDefault(file => file.Name == ReleaseFileNames.Request);
        PublicationContent content = new()
        {
            Location = "a test",
            Digests = digests,
            Signature = Publishing.Envelopes.SigstoreBundle.Sign(ModelSignature.Make(release.Model, digests).ToBytes(), world.Publisher).ToJson(),
            Release = document,
            Request = request is null ? null : System.Text.Encoding.UTF8.GetString(await world.Artifacts.ReadAsync(request.Content)),
            Approvals = approvals,
        };
        return PublicationTrust.Judge(content, root, ReleaseTeam.Now);
    }

    private static string DigestOf(string text) => Domain.Sha256Digest.Of(System.Text.Encoding.UTF8.GetBytes(text));

    private static ImmutableArray<SignedDecision> Approvals(PublishingWorld world, ReleaseManifest release, string[] approvers) =>
    [
        .. approvers.Select(engineer =>
        {
            DecisionEnvelope envelope = world.Team.Approve(engineer, release);
            return Assert.IsType<DecisionVerdict.Accepted>(DecisionVerifier.VerifySignature(envelope, world.Team.Enrolment)).Decision;
        }),
    ];
}
