using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Statements;
using Lifecycle.Publishing.Tests.Fixtures;

namespace Lifecycle.Publishing.Tests.Statements;

public sealed class RequestClaimsTests(EmulatorFixture emulator)
{
    [Fact]
    public async Task Claim_PlayedBackToAnotherWorkflow_IsRefused_AndTheFirstMayRepeatIt()
    {
        using ReleaseTeam team = new();
        AskedFor asked = new() { Kind = RequestKind.ColdStart, Model = "spam", Channel = "production", RequestedBy = "alice" };
        RequestEnvelope envelope = RequestSigner.Sign(RequestSigner.Make(asked, ReleaseTeam.Now, TimeSpan.FromHours(1)), team["alice"]);
        SignedRequest request = RequestVerifier.Verify(envelope, asked, new ApprovalPolicy(), team.Enrolment, ReleaseTeam.Now);
        RequestClaims claims = new(await emulator.NewStoreAsync());

        await claims.ClaimAsync(request, "cold-start/spam/1");
        await claims.ClaimAsync(request, "cold-start/spam/1");
        var refused = await Assert.ThrowsAsync<RequestRefusedException>(() => claims.ClaimAsync(request, "cold-start/spam/2"));

        Assert.Equal(DecisionRefusalReason.NonceAlreadyUsed, refused.Reason);
    }
}
