using System.Globalization;
using Lifecycle.Domain.Names;

namespace Lifecycle.Domain.Scoring;

/// <summary>What a batch may be asked for: every field of a request that becomes a path or the name of a blob, judged before anything is read.</summary>
public static class ScoringRequestRules
{
    /// <summary>Why the batch cannot be, and what to do; null when it can.</summary>
    public static string? ProblemOf(ScoringRequest request)
    {
        if (!PlainName.IsValid(request.Model) || !PlainName.IsValid(request.Key) || !PlainName.IsValid(request.Channel) || request.PartitionRows < 1)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"the batch {PlainName.Describe(request.Key)} of {PlainName.Describe(request.Model)} on {PlainName.Describe(request.Channel)} with {request.PartitionRows} rows a partition cannot be: "
                + $"model, key and channel are lower-case letters, digits and inner hyphens, beginning with a letter, at most {PlainName.MaximumLength}, and a partition has at least one row");
        }

        return ProblemOf(request.Source);
    }

    private static string? ProblemOf(ScoringSource source) => (source.Files, source.WorkerFiles, source.BlobPrefix, source.Snapshot) switch
    {
        ([_, ..], null, null, null) => null,
        ([], { } pattern, null, null) => FilePattern.ProblemOf(pattern) is { } problem ? $"workerFiles {PlainName.Describe(pattern)} {problem}" : null,
        ([], null, { } prefix, null) => BlobNames.PrefixProblemOf(prefix) is { } problem ? $"blobPrefix {PlainName.Describe(prefix)} {problem}" : null,
        ([], null, null, { } snapshot) => IdentifierRules.IsSnapshotId(snapshot) ? null : $"snapshot {PlainName.Describe(snapshot)} is no identifier; expected {IdentifierRules.SnapshotIdNoun}",
        _ => "a batch needs exactly one source: files, workerFiles, blobPrefix or snapshot",
    };
}
