using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Statements;
using Lifecycle.Publishing.Tests.Fixtures;
using Lifecycle.Publishing.Trust;

namespace Lifecycle.Publishing.Tests.Trust;

/// <summary>What a client still refuses when the publisher itself signed it: the release engineers have their say there too.</summary>
public sealed class ApprovalEnforcementTests(EmulatorFixture emulator)
{
    [Fact]
    public async Task Verify_PublisherDropsAnApproval_IsRefused() =>
        await AssertRefusedAsync("1 of 2 approvals (alice)", (_, folder) => File.Delete(Path.Combine(folder, "approval-bob.json")));

    [Fact]
    public async Task Verify_PublisherChangesTheModelAfterApproval_IsRefused() =>
        await AssertRefusedAsync("release: model.onnx is sha256", (_, folder) => File.AppendAllText(Path.Combine(folder, "model.onnx"), "backdoor"));

    [Fact]
    public async Task Verify_PublisherAddsAFileAfterApproval_IsRefused() =>
        await AssertRefusedAsync("weights.bin is not part of it", (_, folder) => File.WriteAllText(Path.Combine(folder, "weights.bin"), "x"));

    [Fact]
    public async Task Verify_OneApprovalUnderTwoNames_IsRefused() => await AssertRefusedAsync(
        "the decision is alice's",
        (_, folder) => File.Copy(Path.Combine(folder, "approval-alice.json"), Path.Combine(folder, "approval-bob.json"), overwrite: true));

    [Fact]
    public async Task Verify_SameEngineerTwice_IsRefused() => await AssertRefusedAsync(
        "approval-bob.json",
        (world, folder) => Write(folder, "bob", DecisionSigner.Sign(world.Team.Statement("alice", world.Release), world.Team["alice"])));

    [Fact]
    public async Task Verify_ApprovalOfAnOlderChallenger_IsRefused() => await AssertRefusedAsync(
        "bob decided about another release",
        (world, folder) => Write(folder, "bob", world.Team.Approve("bob", world.Team.Seal(snapshot: "2019-12"))));

    [Fact]
    public async Task Verify_ForgedApproval_IsRefused() => await AssertRefusedAsync(
        "approval-bob.json: the signature is not by bob's enrolled key",
        (world, folder) => Write(folder, "bob", DecisionSigner.Sign(world.Team.Statement("bob", world.Release), world.Team["alice"])));

    [Fact]
    public async Task Verify_RejectionAmongTheApprovals_IsRefused() => await AssertRefusedAsync(
        "rejected by carol",
        (world, folder) => Write(folder, "carol", DecisionSigner.Sign(world.Team.Statement("carol", world.Release, DecisionKind.Reject), world.Team["carol"])));

    [Fact]
    public async Task Verify_ApprovalsThatWereNeverValidTogether_IsRefused() => await AssertRefusedAsync(
        "alice's decision expired",
        (world, folder) => Write(folder, "bob", DecisionSigner.Sign(
            world.Team.Statement("bob", world.Release) with { IssuedAt = ReleaseTeam.Now.AddHours(24), ExpiresAt = ReleaseTeam.Now.AddHours(25) },
            world.Team["bob"])),
        after: TimeSpan.FromHours(48));

    [Fact]
    public async Task Verify_SignedInTheFuture_IsRefused() =>
        await AssertRefusedAsync("check this machine's clock", (_, _) => { }, after: TimeSpan.FromHours(-1));

    [Fact]
    public async Task Verify_LongAfterTheApprovalsExpired_StillPasses()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        string folder = await world.PublishToDirectoryAsync();
        world.Clock.Advance(TimeSpan.FromDays(365));

        Assert.True(world.Verifier.VerifyDirectory(folder).Passed);
    }

    [Fact]
    public async Task Verify_EngineerNotEnrolledWithTheClient_IsRefused()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        string folder = await world.PublishToDirectoryAsync();
        TrustRoot smaller = world.Root with { Enrolment = new() { Engineers = [.. world.Root.Enrolment.Engineers.Where(engineer => engineer.Id != "bob")] } };

        VerificationReport report = new PublicationVerifier(smaller, world.Clock).VerifyDirectory(folder);

        Assert.Contains("\"bob\" is not enrolled", report.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void TrustRoot_PublisherIsAlsoAnEngineer_IsRefused()
    {
        using SigningKey key = SigningKey.Create("alice");
        TrustRoot root = new()
        {
            PublisherKeyPem = key.PublicKey.Pem,
            Enrolment = new() { Engineers = [new("alice", key.PublicKey.Pem, IsDemo: false)] },
        };

        Assert.Throws<InvalidKeyException>(root.Validate);
    }

    private static void Write(string folder, string engineer, DecisionEnvelope envelope) =>
        File.WriteAllText(Path.Combine(folder, $"approval-{engineer}.json"), envelope.Bundle);

    /// <summary>Changes a publication, signs it again with the publisher's own key, and expects a refusal that says why.</summary>
    private async Task AssertRefusedAsync(string reason, Action<PublishingWorld, string> change, TimeSpan after = default)
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        string folder = await world.PublishToDirectoryAsync();
        change(world, folder);
        world.SignAgain(folder);
        PublicationVerifier later = new(world.Root, new Microsoft.Extensions.Time.Testing.FakeTimeProvider(ReleaseTeam.Now + after));

        VerificationReport report = later.VerifyDirectory(folder);

        Assert.False(report.Passed);
        Assert.Contains(reason, report.Refusal, StringComparison.Ordinal);
    }
}
