using System.Collections.Immutable;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Statements;
using Lifecycle.Publishing.Tests.Fixtures;

namespace Lifecycle.Publishing.Tests.Statements;

/// <summary>Signed requests: what counts, and every way of asking as somebody else or for something else that does not.</summary>
public sealed class RequestVerifierTests : IDisposable
{
    private static readonly AskedFor Asked = new()
    {
        Kind = RequestKind.Rollback,
        Model = "disposable-domain",
        Channel = "production",
        RequestedBy = "alice",
        FromVersion = 3,
        ToVersion = 1,
        Reason = "refuses our own mail",
    };

    private readonly ReleaseTeam _team = new();

    public void Dispose() => _team.Dispose();

    [Fact]
    public void Verify_SignedByWhoAsks_Counts()
    {
        SignedRequest request = Verify(Sign(Asked, "alice"), Asked);

        Assert.Equal(("alice", _team["alice"].PublicKey.Fingerprint), (request.Statement.Asked.RequestedBy, request.KeyFingerprint));
    }

    public static TheoryData<string, DecisionRefusalReason> Forgeries() => new()
    {
        { "bob asks as alice, signed with his own key", DecisionRefusalReason.BadSignature },
        { "bob delivers his own signed request under alice's name", DecisionRefusalReason.OtherRequest },
        { "bob delivers alice's signed request under his own name", DecisionRefusalReason.OtherRequest },
        { "a stranger signs under his own name", DecisionRefusalReason.UnknownEngineer },
        { "alice signs with a key that was replaced", DecisionRefusalReason.BadSignature },
        { "alice signs after she left", DecisionRefusalReason.UnknownEngineer },
        { "the publisher's id asks", DecisionRefusalReason.UnknownEngineer },
        { "a request of another model", DecisionRefusalReason.OtherRequest },
        { "a request of another channel", DecisionRefusalReason.OtherRequest },
        { "a request from another live version", DecisionRefusalReason.OtherRequest },
        { "a request to another version", DecisionRefusalReason.OtherRequest },
        { "a request of another kind", DecisionRefusalReason.OtherRequest },
        { "a request of another snapshot", DecisionRefusalReason.OtherRequest },
        { "a request with other evidence", DecisionRefusalReason.OtherRequest },
        { "a request with an altered reason", DecisionRefusalReason.OtherRequest },
        { "a rollback from whichever version is live", DecisionRefusalReason.Malformed },
        { "an expired request", DecisionRefusalReason.Expired },
        { "a request from the future", DecisionRefusalReason.BadValidity },
        { "a request that is valid for years", DecisionRefusalReason.BadValidity },
        { "a request with a nonce that is a path", DecisionRefusalReason.Malformed },
        { "a request with a short nonce", DecisionRefusalReason.Malformed },
        { "an approval instead of a request", DecisionRefusalReason.Malformed },
        { "no envelope at all", DecisionRefusalReason.Malformed },
        { "an empty envelope", DecisionRefusalReason.Malformed },
    };

    [Theory]
    [MemberData(nameof(Forgeries))]
    public void Verify_Forgery_IsRefusedForItsReason(string forgery, DecisionRefusalReason expected)
    {
        (RequestEnvelope envelope, AskedFor asked, Enrolment enrolment, DateTimeOffset now) = Make(forgery);

        var refused = Assert.Throws<RequestRefusedException>(() => RequestVerifier.Verify(envelope, asked, new ApprovalPolicy(), enrolment, now));

        Assert.Equal(expected, refused.Reason);
        Assert.StartsWith($"{asked.Kind} of disposable-domain on production is not begun: ", refused.Message, StringComparison.Ordinal);
    }

    private (RequestEnvelope Envelope, AskedFor Asked, Enrolment Enrolment, DateTimeOffset Now) Make(string forgery)
    {
        Enrolment all = _team.Enrolment;
        Enrolment without = new() { Engineers = [.. all.Engineers.Where(engineer => engineer.Id != "alice")] };
        using SigningKey other = SigningKey.Create("alice");
        RequestStatement valid = RequestSigner.Make(Asked, ReleaseTeam.Now, TimeSpan.FromHours(1));
        (RequestEnvelope Envelope, AskedFor Asked, Enrolment Enrolment, DateTimeOffset Now) Over(AskedFor signed) => (Sign(signed, "alice"), Asked, all, ReleaseTeam.Now);
        (RequestEnvelope Envelope, AskedFor Asked, Enrolment Enrolment, DateTimeOffset Now) Of(RequestStatement statement) => (RequestSigner.Sign(statement, _team["alice"]), Asked, all, ReleaseTeam.Now);
        return forgery switch
        {
            "bob asks as alice, signed with his own key" => (Sign(Asked, "bob"), Asked, all, ReleaseTeam.Now),
            "bob delivers his own signed request under alice's name" => (Sign(Asked with { RequestedBy = "bob" }, "bob"), Asked, all, ReleaseTeam.Now),
            "bob delivers alice's signed request under his own name" => (Sign(Asked, "alice"), Asked with { RequestedBy = "bob" }, all, ReleaseTeam.Now),
            "a stranger signs under his own name" => (RequestSigner.Sign(valid with { Asked = Asked with { RequestedBy = "mallory" } }, other), Asked with { RequestedBy = "mallory" }, all, ReleaseTeam.Now),
            "alice signs with a key that was replaced" => (RequestSigner.Sign(valid, other), Asked, all, ReleaseTeam.Now),
            "alice signs after she left" => (Sign(Asked, "alice"), Asked, without, ReleaseTeam.Now),
            "the publisher's id asks" => (RequestSigner.Sign(valid with { Asked = Asked with { RequestedBy = "publisher" } }, other), Asked with { RequestedBy = "publisher" }, all, ReleaseTeam.Now),
            "a request of another model" => Over(Asked with { Model = "tracker-host" }),
            "a request of another channel" => Over(Asked with { Channel = "staging" }),
            "a request from another live version" => Over(Asked with { FromVersion = 2 }),
            "a request to another version" => Over(Asked with { ToVersion = null }),
            "a request of another kind" => Over(Asked with { Kind = RequestKind.ColdStart }),
            "a request of another snapshot" => Over(Asked with { Snapshot = "2020-05" }),
            "a request with other evidence" => Over(Asked with { EvidenceDigest = new string('e', 64) }),
            "a request with an altered reason" => Over(Asked with { Reason = "as agreed" }),
            "a rollback from whichever version is live" => (Sign(Asked with { FromVersion = null }, "alice"), Asked with { FromVersion = null }, all, ReleaseTeam.Now),
            "an expired request" => (Sign(Asked, "alice"), Asked, all, ReleaseTeam.Now.AddHours(1)),
            "a request from the future" => (Sign(Asked, "alice"), Asked, all, ReleaseTeam.Now.AddMinutes(-6)),
            "a request that is valid for years" => Of(valid with { ExpiresAt = ReleaseTeam.Now.AddYears(2) }),
            "a request with a nonce that is a path" => Of(valid with { Nonce = "../../channels/production" }),
            "a request with a short nonce" => Of(valid with { Nonce = "abc" }),
            "an approval instead of a request" => (new RequestEnvelope(_team.Approve("alice").Bundle), Asked, all, ReleaseTeam.Now),
            "no envelope at all" => (new RequestEnvelope(null!), Asked, all, ReleaseTeam.Now),
            "an empty envelope" => (new RequestEnvelope("{}"), Asked, all, ReleaseTeam.Now),
            _ => throw new ArgumentOutOfRangeException(nameof(forgery), forgery, "no such forgery"),
        };
    }

    [Fact]
    public void Verify_EnvelopeWhosePayloadWasChanged_IsRefused()
    {
        RequestEnvelope signed = Sign(Asked, "alice");
        byte[] payload = Convert.FromBase64String(System.Text.Json.Nodes.JsonNode.Parse(signed.Bundle)!["dsseEnvelope"]!["payload"]!.GetValue<string>());
        string altered = System.Text.Encoding.UTF8.GetString(payload).Replace("\"toVersion\":1", "\"toVersion\":2", StringComparison.Ordinal);
        RequestEnvelope forged = new(signed.Bundle.Replace(
            Convert.ToBase64String(payload), Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(altered)), StringComparison.Ordinal));

        Assert.NotEqual(signed.Bundle, forged.Bundle);
        Assert.Throws<RequestRefusedException>(() => Verify(forged, Asked with { ToVersion = 2 }));
    }

    private RequestEnvelope Sign(AskedFor asked, string signer) =>
        RequestSigner.Sign(RequestSigner.Make(asked, ReleaseTeam.Now, TimeSpan.FromHours(1)), _team[signer]);

    private SignedRequest Verify(RequestEnvelope envelope, AskedFor asked) =>
        RequestVerifier.Verify(envelope, asked, new ApprovalPolicy(), _team.Enrolment, ReleaseTeam.Now);
}
