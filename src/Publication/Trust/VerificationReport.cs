using System.Collections.Immutable;
using Lifecycle.Domain.Releases;

namespace Lifecycle.Publishing.Trust;

/// <summary>One thing that was checked.</summary>
/// <param name="Name">What, such as <c>signature</c> or a file's name.</param>
/// <param name="Passed">Whether it holds.</param>
/// <param name="Sentence">What was found, and what was expected where it differs.</param>
public sealed record VerificationCheck(string Name, bool Passed, string Sentence);

/// <summary>What was signed by the publisher and found whole.</summary>
/// <param name="Release">The release, as its signed bytes say.</param>
/// <param name="Publication">The Publication; its digests are those of the signed statement.</param>
public sealed record SignedRelease(ReleaseManifest Release, Publication Publication);

/// <summary>Outcome of verifying a publication: every check, and, when all hold, what was verified.</summary>
public sealed record VerificationReport
{
    /// <summary>Where the publication was found.</summary>
    public required string Location { get; init; }

    /// <summary>The checks, in the order of trust: the signature, every file, then what the files say. After a failed step the next is not looked at.</summary>
    public ImmutableArray<VerificationCheck> Checks { get; init; } = [];

    /// <summary>The verified Publication; null when a check failed.</summary>
    public Publication? Publication { get; init; }

    /// <summary>The verified release; null when a check failed.</summary>
    public ReleaseManifest? Release { get; init; }

    /// <summary>What the publisher's signature alone proves, whoever approved it; null when that does not hold.</summary>
    public SignedRelease? Signed { get; init; }

    /// <summary>Whether demo keys took part, which every page and summary must say.</summary>
    public bool IsDemo { get; init; }

    /// <summary>Whether every check holds.</summary>
    public bool Passed => Publication is not null;

    /// <summary>The failed checks as one sentence; empty when none failed.</summary>
    public string Refusal => string.Join("; ", Checks.Where(check => !check.Passed).Select(check => $"{check.Name}: {check.Sentence}"));
}
