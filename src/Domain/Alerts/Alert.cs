using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Serialization;

namespace Lifecycle.Domain.Alerts;

/// <summary>
/// Something that a person should know, from the moment it began until it ended. Two alerts of the same rule, severity and
/// labels are the same alert, whenever and however often they are raised. Words are those of Prometheus Alertmanager.
/// </summary>
public sealed record Alert
{
    /// <summary>Most characters of <see cref="Summary"/>; longer ones are cut when the alert is raised.</summary>
    public const int MaximumSummaryLength = 500;

    /// <summary>Name of the rule that raised it, a key of <see cref="AlertPolicy.Rules"/>.</summary>
    public required string Rule { get; init; }

    /// <summary>How urgent it is.</summary>
    public AlertSeverity Severity { get; init; } = AlertSeverity.Warning;

    /// <summary>What it is about, such as <c>model</c> and <c>channel</c>: part of its identity, so never a time or a figure.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>One sentence for people: what was found, and what to do.</summary>
    public required string Summary { get; init; }

    /// <summary>How many things it stands for, such as drifting features; 1 by default.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The strongest of those things, strongest first; at most <see cref="AlertFinding.Shown"/>.</summary>
    public ImmutableArray<AlertFinding> Findings { get; init; } = [];

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>When it ended; null while it fires.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Whether it has not ended.</summary>
    [JsonIgnore]
    public bool IsFiring => EndsAt is null;

    /// <summary>Its identity: SHA-256 over rule, severity and labels, the first 16 hexadecimal digits.</summary>
    [JsonIgnore]
    public string Fingerprint => Fingerprints.Of([Rule, Severity.ToString(), .. Labels.SelectMany(label => new[] { label.Key, label.Value })]);

    /// <summary>The alert with its texts and lists cut to what a message carries.</summary>
    public Alert Cut() => this with
    {
        Summary = Summary.Length <= MaximumSummaryLength ? Summary : Summary[..MaximumSummaryLength] + "...",
        Findings = AlertFinding.Strongest(Findings),
    };
}

/// <summary>How urgent an alert is, least first.</summary>
public enum AlertSeverity
{
    /// <summary>Good to know.</summary>
    Information,

    /// <summary>Someone should look within a day.</summary>
    Warning,

    /// <summary>Someone should look now.</summary>
    Critical,
}

/// <summary>One of the things an alert stands for.</summary>
/// <param name="Name">What, such as a feature.</param>
/// <param name="Strength">How strong, in the unit of the rule, such as the population stability index. Larger is stronger.</param>
/// <param name="Note">A few words for people; may be empty.</param>
public sealed record AlertFinding(string Name, double Strength, string Note = "")
{
    /// <summary>How many findings a message shows.</summary>
    public const int Shown = 10;

    /// <summary>The strongest, strongest first; ties in the order of their names.</summary>
    public static ImmutableArray<AlertFinding> Strongest(IEnumerable<AlertFinding> findings) =>
        [.. findings.OrderByDescending(finding => finding.Strength).ThenBy(finding => finding.Name, StringComparer.Ordinal).Take(Shown)];
}

/// <summary>Short identities of lists of words.</summary>
internal static class Fingerprints
{
    /// <summary>The first 16 hexadecimal digits of a SHA-256; each word is preceded by its length, so that no two lists look alike.</summary>
    public static string Of(IEnumerable<string> words)
    {
        StringBuilder text = new();
        foreach (string word in words)
        {
            text.Append(word.Length).Append(':').Append(word);
        }

        return Sha256Digest.Of(Encoding.UTF8.GetBytes(text.ToString()))[..16];
    }
}
