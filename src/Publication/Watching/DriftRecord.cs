using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lifecycle.Domain;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Drift;

namespace Lifecycle.Publishing.Watching;

/// <summary>The bytes of a <see cref="DriftDecision"/> in the store, and what is cut so that they stay few.</summary>
internal static class DriftRecord
{
    /// <summary>Longest record that is written; figures are cut for it.</summary>
    public const int TargetBytes = 32 * 1024;

    /// <summary>Longest record that is read.</summary>
    public const int MaximumBytes = 256 * 1024;

    // A policy recorded before there was such a bound let no estimate hold drifted figures back.
    private const string HarmlessRise = "harmlessRise";

    private const int MaximumListed = 20;
    private const int MaximumText = 120;

    /// <summary>The record's bytes.</summary>
    public static byte[] BytesOf(DriftDecision decision) => JsonSerializer.SerializeToUtf8Bytes(decision, DomainJson.Compact);

    /// <summary>Reads a record.</summary>
    /// <param name="name">Its blob, for the message.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <exception cref="InvalidDataException">The bytes are no decision.</exception>
    public static DriftDecision Read(string name, ReadOnlySpan<byte> bytes)
    {
        try
        {
            DriftDecision decision = JsonSerializer.Deserialize<DriftDecision>(bytes, DomainJson.Compact) ?? throw new JsonException("null instead of an object");
            return PolicyIn(bytes).ContainsKey(HarmlessRise) ? decision : decision with { Policy = decision.Policy with { HarmlessRise = 0 } };
        }
        catch (JsonException defect)
        {
            throw new InvalidDataException($"{name} is no drift decision: {defect.Message} Restore it from a backup of the store.", defect);
        }
    }

    /// <summary>SHA-256 of a policy: of its members, sorted by name.</summary>
    public static string DigestOf(DriftPolicy policy) => DigestOf(JsonSerializer.SerializeToNode(policy, DomainJson.Compact)!.AsObject());

    /// <summary>SHA-256 of the policy as a record's bytes have it: of the members that there were when it was written.</summary>
    public static string PolicyDigestIn(ReadOnlySpan<byte> bytes) => DigestOf(PolicyIn(bytes));

    private static JsonObject PolicyIn(ReadOnlySpan<byte> bytes) => JsonNode.Parse(bytes)?["policy"] as JsonObject ?? throw new JsonException("no policy in it");

    private static string DigestOf(JsonObject members)
    {
        JsonObject sorted = new(members.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        return Sha256Digest.Of(Encoding.UTF8.GetBytes(sorted.ToJsonString(DomainJson.Compact)));
    }

    /// <summary>The evidence with its lists cut to their strongest entries: short enough to be recorded whole.</summary>
    public static DriftEvidence Condense(DriftEvidence evidence)
    {
        DriftEvidence condensed = evidence with { Report = Condense(evidence.Report) };
        while (condensed.Report.Figures.Length > 1 && LengthOf(condensed) > TargetBytes * 3 / 4)
        {
            int kept = condensed.Report.Figures.Length * 3 / 4;
            condensed = condensed with { Report = condensed.Report with { Figures = condensed.Report.Figures[..kept] } };
        }

        return condensed;
    }

    private static int LengthOf(DriftEvidence evidence) => JsonSerializer.SerializeToUtf8Bytes(evidence, DomainJson.Compact).Length;

    private static DriftReport Condense(DriftReport report) => report with
    {
        Figures = [.. report.Figures.Take(DriftReport.MaximumFigures)],
        Breaches = [.. report.Breaches.OrderByDescending(breach => breach.Severity).Take(MaximumListed).Select(Condense)],
        Losses = report.Losses with
        {
            Slices = report.Losses.Slices.OrderByDescending(slice => slice.Value.Lower).Take(MaximumListed).ToImmutableSortedDictionary(),
            Decomposition = report.Losses.Decomposition is { } parts
                ? parts with { Strata = [.. parts.Strata.OrderByDescending(stratum => stratum.WindowShare).Take(MaximumListed)] }
                : null,
        },
    };

    private static ValidationFinding Condense(ValidationFinding breach) =>
        breach with { Subject = Cut(breach.Subject), Found = Cut(breach.Found), Expected = Cut(breach.Expected) };

    private static string Cut(string text) => text.Length <= MaximumText ? text : $"{text[..MaximumText]}…";
}
