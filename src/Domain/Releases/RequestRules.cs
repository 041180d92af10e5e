using System.Collections.Immutable;
using Lifecycle.Domain.Names;

namespace Lifecycle.Domain.Releases;

/// <summary>
/// What makes a signed request count, and whether anybody can approve what it asks for. Pure: signatures were proven before, and time is
/// an argument.
/// </summary>
public static class RequestRules
{
    /// <summary>Holds a signed request against what is really asked for. Null when it counts.</summary>
    public static DecisionRefusal? Check(RequestStatement statement, AskedFor asked, ApprovalPolicy policy, DateTimeOffset now) =>
        CheckForm(statement, asked) ?? CheckAsked(statement.Asked, asked) ?? CheckTime(statement, policy, now);

    /// <summary>Why the enrolled engineers can never approve it; null when they can.</summary>
    /// <param name="enrolment">Who may approve.</param>
    /// <param name="requester">The verified requester, who may not; null when the request is not signed.</param>
    /// <param name="needed">How many different ones must.</param>
    public static string? Shortfall(Enrolment enrolment, string? requester, int needed)
    {
        ImmutableArray<string> able = [.. enrolment.Engineers.Select(engineer => engineer.Id).Where(id => id != requester)];
        return able.Length >= needed
            ? null
            : $"{needed} different release engineers have to approve it, and {able.Length} can: enrolled are {List(enrolment)}"
                + (requester is null ? "" : $", and {requester}, who asks, may not")
                + ". Enrol another with 'lifecycle keys new NAME --enrol', and ask again";
    }

    private static string List(Enrolment enrolment) => enrolment.Engineers.IsDefaultOrEmpty
        ? "none"
        : string.Join(", ", enrolment.Engineers.Select(engineer => engineer.Id));

    private static DecisionRefusal? CheckForm(RequestStatement statement, AskedFor asked)
    {
        string nonce = statement.Nonce;
        if (nonce.Length < ApprovalRules.NonceLength.Minimum || nonce.Length > ApprovalRules.NonceLength.Maximum || !nonce.All(char.IsAsciiHexDigitLower))
        {
            return new(DecisionRefusalReason.Malformed, $"the request's nonce is {PlainName.Describe(nonce)}, expected {ApprovalRules.NonceLength.Minimum} to {ApprovalRules.NonceLength.Maximum} lower-case hexadecimal digits");
        }

        return asked is { Kind: RequestKind.Rollback, FromVersion: null }
            ? new(DecisionRefusalReason.Malformed, "a signed request for a rollback has to name the version that is live: give 'fromVersion'")
            : null;
    }

    private static DecisionRefusal? CheckAsked(AskedFor signed, AskedFor asked)
    {
        (string Field, object? Signed, object? Asked)[] fields =
        [
            ("kind", signed.Kind, asked.Kind),
            ("model", signed.Model, asked.Model),
            ("channel", signed.Channel, asked.Channel),
            ("requestedBy", signed.RequestedBy, asked.RequestedBy),
            ("snapshot", signed.Snapshot, asked.Snapshot),
            ("fromVersion", signed.FromVersion, asked.FromVersion),
            ("toVersion", signed.ToVersion, asked.ToVersion),
            ("evidenceDigest", signed.EvidenceDigest, asked.EvidenceDigest),
            ("reason", signed.Reason, asked.Reason),
        ];
        foreach ((string field, object? found, object? expected) in fields)
        {
            if (!Equals(found, expected))
            {
                return new(DecisionRefusalReason.OtherRequest, $"the signature is over another request: {field} is {Show(found)}, expected {Show(expected)}; sign what is asked for now");
            }
        }

        return null;
    }

    private static string Show(object? value) => value is null ? "not given" : PlainName.Describe(value.ToString());

    private static DecisionRefusal? CheckTime(RequestStatement statement, ApprovalPolicy policy, DateTimeOffset now)
    {
        string who = statement.Asked.RequestedBy;
        if (statement.IssuedAt > now + ApprovalRules.ClockTolerance)
        {
            return new(DecisionRefusalReason.BadValidity, $"{who}'s request was signed at {statement.IssuedAt:u}, after now, {now:u}: check the clock of the signing machine");
        }

        if (statement.ExpiresAt <= statement.IssuedAt || statement.ExpiresAt - statement.IssuedAt > policy.MaximumDecisionAge)
        {
            return new(DecisionRefusalReason.BadValidity, $"{who}'s request is valid from {statement.IssuedAt:u} to {statement.ExpiresAt:u}, expected at most {policy.MaximumDecisionAge.TotalHours:0.#} hours: sign it with a shorter --valid-for");
        }

        return statement.ExpiresAt <= now
            ? new(DecisionRefusalReason.Expired, $"{who}'s request expired at {statement.ExpiresAt:u}, now it is {now:u}: ask again")
            : null;
    }
}
