using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Domain;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Names;
using Lifecycle.Publishing.Envelopes;
using Lifecycle.Storage;

namespace Lifecycle.Publishing.Watching;

/// <summary>
/// The DriftDecisions of all models in a blob store. Nothing in it ever changes: whoever writes a sequence's record has made
/// that decision, and a window, DriftBaseline and policy have one decision, however often and by how many it is asked for.
/// Safe for concurrent use by any number of processes. Format: docs/formats/drift-decision.md.
/// </summary>
/// <remarks>
/// A record is indexed by its window before the next record is written. So every record but the newest is indexed, and who
/// has read the newest one, and then found no index entry, knows that there is no decision yet; if one is made in between,
/// the next sequence is taken, and it looks again. A process may die at any line: what it leaves behind is a newest record
/// without an index entry at worst, which the next one adds.
/// </remarks>
/// <param name="store">The store.</param>
public sealed class DriftJournal(IBlobStore store)
{
    private const int ReadsAtOnce = 16;

    /// <summary>SHA-256 of a policy, as decisions carry it.</summary>
    public static string DigestOf(DriftPolicy policy) => DriftRecord.DigestOf(policy);

    /// <summary>
    /// Decides on a window and records it; returns the decision that is there when the window was decided on under the same
    /// DriftBaseline and policy before.
    /// </summary>
    /// <exception cref="InvalidDataException">A record of the model is malformed.</exception>
    public async Task<DriftDecision> RecordAsync(DriftPolicy policy, DriftEvidence evidence, CancellationToken cancellationToken = default)
    {
        DriftEvidence condensed = DriftRecord.Condense(evidence);
        DriftKey key = new(evidence.Report.Window.Id, evidence.Report.BaselineId, DigestOf(policy));
        while (true)
        {
            StoredDecision? newest = await ReadNewestAsync(evidence.Report.Model, cancellationToken);
            if (await FindAsync(evidence.Report.Model, key, newest, cancellationToken) is { } made)
            {
                return made;
            }

            DriftDecision next = Next(policy, condensed, key, newest);
            if (await TryWriteAsync(next, cancellationToken))
            {
                await IndexAsync(next, cancellationToken);
                return next;
            }
        }
    }

    /// <summary>The newest decision of a model; null when there is none.</summary>
    public async Task<DriftDecision?> ReadAsync(string model, CancellationToken cancellationToken = default) =>
        (await ReadNewestAsync(model, cancellationToken))?.Decision;

    /// <summary>All decisions of a model, the first one first.</summary>
    public async Task<ImmutableArray<DriftDecision>> HistoryAsync(string model, CancellationToken cancellationToken = default) =>
        [.. (await ReadAllAsync(model, cancellationToken)).Select(stored => stored.Decision)];

    /// <summary>
    /// The windows that end after a moment and were blocked: their rows are broken, and labels that come for them later say
    /// nothing about the model. Looks backwards from the newest decision, since windows are decided on in their order.
    /// </summary>
    public async Task<ImmutableArray<WatchWindow>> BlockedSinceAsync(string model, DateTimeOffset since, CancellationToken cancellationToken = default)
    {
        List<WatchWindow> blocked = [];
        DriftDecision? decision = await ReadAsync(model, cancellationToken);
        while (decision is not null && decision.Evidence.Report.Window.To > since)
        {
            blocked.AddRange(decision.Verdict == DriftVerdict.Block ? [decision.Evidence.Report.Window] : []);
            decision = (await ReadRecordAsync(model, decision.Sequence - 1, cancellationToken))?.Decision;
        }

        return [.. blocked];
    }

    /// <summary>The decision with an identifier; null when there is none, or the text is no such identifier.</summary>
    public async Task<DriftDecision?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        int hyphen = id.LastIndexOf('-');
        return hyphen > 0 && PlainName.IsValid(id[..hyphen])
            && long.TryParse(id[(hyphen + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out long sequence)
            && DriftDecision.IdOf(id[..hyphen], sequence) == id
                ? (await ReadRecordAsync(id[..hyphen], sequence, cancellationToken))?.Decision
                : null;
    }

    /// <summary>Looks through all decisions of a model for gaps, alterations and breaks in what is remembered.</summary>
    public async Task<DriftChain> VerifyChainAsync(string model, CancellationToken cancellationToken = default)
    {
        ImmutableArray<StoredDecision> decisions = await ReadAllAsync(model, cancellationToken);
        IEnumerable<string> defects = decisions.SelectMany((stored, index) =>
            ChainDefects.Of(RecordName(model, index + 1), model, index + 1, index == 0 ? null : decisions[index - 1], stored));
        string missing = RecordName(model, decisions.Length + 1);
        List<string> beyond = await store.ListAsync($"{Folder(model)}/", cancellationToken)
            .Where(name => !name.StartsWith($"{Folder(model)}/windows/", StringComparison.Ordinal) && string.CompareOrdinal(name, missing) > 0)
            .ToListAsync(cancellationToken);
        return new DriftChain(model, decisions.Length, beyond is [var first, ..]
            ? [.. defects, $"{missing} is missing, though {first} is there"]
            : [.. defects]);
    }

    private static DriftDecision Next(DriftPolicy policy, DriftEvidence evidence, DriftKey key, StoredDecision? newest)
    {
        DriftState before = newest?.Decision.After ?? DriftState.Initial;
        DriftFinding finding = DriftDecisions.Decide(policy, before, evidence);
        return new DriftDecision
        {
            Id = DriftDecision.IdOf(evidence.Report.Model, finding.After.Sequence),
            Sequence = finding.After.Sequence,
            Model = evidence.Report.Model,
            WindowId = key.WindowId,
            BaselineId = key.BaselineId,
            PolicyDigest = key.PolicyDigest,
            Policy = policy,
            Verdict = finding.Verdict,
            Rule = finding.Rule,
            AskedBy = finding.AskedBy,
            Reasons = finding.Reasons,
            Before = before,
            After = finding.After,
            Evidence = evidence,
            DecidedAt = evidence.Now,
            PreviousDigest = newest?.Digest,
        };
    }

    private static string Folder(string model) => $"drift/{PlainName.Require(model, "model")}";

    private static string RecordName(string model, long sequence) =>
        string.Create(CultureInfo.InvariantCulture, $"{Folder(model)}/{sequence:000000}.json");

    private static string IndexName(string model, DriftKey key) =>
        $"{Folder(model)}/windows/{Sha256Digest.Of(CanonicalJson.Of(key))}.json";

    /// <summary>The decision for a key, given the newest of all. What is newest is looked at first, and indexed.</summary>
    private async Task<DriftDecision?> FindAsync(string model, DriftKey key, StoredDecision? newest, CancellationToken cancellationToken)
    {
        if (newest is null)
        {
            return null;
        }

        await IndexAsync(newest.Decision, cancellationToken);
        if (DriftKey.Of(newest.Decision) == key)
        {
            return newest.Decision;
        }

        string name = IndexName(model, key);
        if (await store.ReadAsync(name, DriftRecord.MaximumBytes, cancellationToken) is not { } blob)
        {
            return null;
        }

        string id = System.Text.Encoding.UTF8.GetString(blob.Content.Span).Trim('"');
        return await FindAsync(id, cancellationToken)
            ?? throw new InvalidDataException($"{name} in {store.Address} names the decision {id}, which is not there: restore the store from its backup.");
    }

    private async Task<bool> TryWriteAsync(DriftDecision decision, CancellationToken cancellationToken)
    {
        using MemoryStream content = new(DriftRecord.BytesOf(decision), writable: false);
        try
        {
            await store.PutIfAbsentAsync(RecordName(decision.Model, decision.Sequence), content, MediaTypes.Json, cancellationToken);
            return true;
        }
        catch (BlobConflictException)
        {
            return false;
        }
    }

    private async Task IndexAsync(DriftDecision decision, CancellationToken cancellationToken)
    {
        using MemoryStream content = new(CanonicalJson.Of(decision.Id), writable: false);
        await store.PutIfAbsentAsync(IndexName(decision.Model, DriftKey.Of(decision)), content, MediaTypes.Json, cancellationToken);
    }

    /// <summary>The newest record: sequences have no gaps, so that doubling and halving finds it.</summary>
    private async Task<StoredDecision?> ReadNewestAsync(string model, CancellationToken cancellationToken)
    {
        long there = 0;
        long missing = 1;
        while (await store.ExistsAsync(RecordName(model, missing), cancellationToken))
        {
            (there, missing) = (missing, missing * 2);
        }

        while (missing - there > 1)
        {
            long middle = there + ((missing - there) / 2);
            bool exists = await store.ExistsAsync(RecordName(model, middle), cancellationToken);
            (there, missing) = exists ? (middle, missing) : (there, middle);
        }

        return there == 0 ? null : await ReadRecordAsync(model, there, cancellationToken);
    }

    private async Task<ImmutableArray<StoredDecision>> ReadAllAsync(string model, CancellationToken cancellationToken)
    {
        List<StoredDecision> all = [];
        for (long first = 1; ; first += ReadsAtOnce)
        {
            long from = first;
            StoredDecision?[] some = await Task.WhenAll(
                Enumerable.Range(0, ReadsAtOnce).Select(offset => ReadRecordAsync(model, from + offset, cancellationToken)));
            all.AddRange(some.TakeWhile(decision => decision is not null)!);
            if (some.Contains(null))
            {
                return [.. all];
            }
        }
    }

    private async Task<StoredDecision?> ReadRecordAsync(string model, long sequence, CancellationToken cancellationToken)
    {
        string name = RecordName(model, sequence);
        return await store.ReadAsync(name, DriftRecord.MaximumBytes, cancellationToken) is { } blob
            ? new StoredDecision(
                DriftRecord.Read($"{name} in {store.Address}", blob.Content.Span), Sha256Digest.Of(blob.Content.Span), DriftRecord.PolicyDigestIn(blob.Content.Span))
            : null;
    }

    /// <summary>What has one decision.</summary>
    private sealed record DriftKey(string WindowId, string BaselineId, string PolicyDigest)
    {
        public static DriftKey Of(DriftDecision decision) => new(decision.WindowId, decision.BaselineId, decision.PolicyDigest);
    }
}
