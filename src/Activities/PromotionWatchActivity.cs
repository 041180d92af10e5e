using System.Collections.Immutable;
using Lifecycle.Activities.Stages;
using Lifecycle.Data;
using Lifecycle.Data.Predictions;
using Lifecycle.Definitions;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Names;
using Lifecycle.Domain.Promotions;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Schemas;
using Lifecycle.Evaluation.Promotions;
using Lifecycle.Publishing.Channels;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Trust;
using Lifecycle.Serving.Logging;
using Lifecycle.Serving.Models;
using Lifecycle.Storage;
using Lifecycle.Workflows.Contracts;
using Temporalio.Activities;

namespace Lifecycle.Activities;

/// <summary>Looks at a new Champion: both models on what was logged since the promotion, and before it.</summary>
public sealed class PromotionWatchActivity(
    StageFolders folders, KeyFolder keys, IBlobStore store, ArtifactStore artifacts, DataLimits limits, TimeProvider time) : IPromotionWatchActivity
{
    /// <inheritdoc/>
    [Activity]
    public Task<PromotionWatchPlan> OpenPromotionWatchAsync(ChannelEntry entry) => StageScope.RunAsync(async cancellation =>
    {
        PromotionWatchPolicy policy = new ModelCatalog(folders.Models).Read(entry.Model).Definition.Watch.AfterPromotion;
        ImmutableArray<ChannelEntry> history = await new ReleaseChannels(store).HistoryAsync(entry.Model, entry.Channel, cancellation);

        if (history.FirstOrDefault(earlier => earlier.Version == entry.Version - 1) is not { } before)
        {
            return new PromotionWatchPlan(policy, null);
        }

        // What was signed says whether it was measured: by the entry's word alone a watch would be over before its first look.
        ChannelEntry previous = (await Trust().MeasurableAsync(before, cancellation)).Entry;

        // A cold start was measured by nobody: its predictions are no measure for a trained model, and no policy goes back to it.
        return new PromotionWatchPlan(policy, previous.Origin is ReferenceOrigin ? null : previous);
    });

    /// <inheritdoc/>
    [Activity, Isolated]
    public Task<PromotionLookResult> ComparePromotionAsync(PromotionLook look) => StageScope.RunAsync(async cancellation =>
    {
        Require(look);
        if (await SuccessorAsync(look.Entry, cancellation) is { } successor)
        {
            return new PromotionLookResult(successor.Version, null, null);
        }

        PromotionReport report = PromotionRules.Judge(await MeasureAsync(look, cancellation), look.Policy);
        ArtifactRef document = await artifacts.UploadRecordAsync(report, cancellation);
        return new PromotionLookResult(look.Entry.Version, report, document);
    });

    private static void Require(PromotionLook look)
    {
        (ChannelEntry entry, ChannelEntry previous) = (look.Entry, look.Previous);
        if ((previous.Model, previous.Channel, previous.Version) != (entry.Model, entry.Channel, entry.Version - 1))
        {
            throw new UntrustedVersionException(previous, $"it is to be compared with version {entry.Version} of {PlainName.Describe(entry.Channel)} for {PlainName.Describe(entry.Model)}, expected the version before that one");
        }
    }

    // Whoever can write the pointer must not end a watch with it: no channel goes back in versions, and what is live now was signed.
    private async Task<ChannelEntry?> SuccessorAsync(ChannelEntry entry, CancellationToken cancellation)
    {
        ChannelEntry? live = await new ReleaseChannels(store).ReadAsync(entry.Model, entry.Channel, cancellation);
        if (live is null || live.Version < entry.Version)
        {
            throw new UntrustedVersionException(entry, $"the channel's pointer is at version {live?.Version ?? 0}, expected {entry.Version} or later");
        }

        return live.Version == entry.Version ? null : (await Trust().MeasurableAsync(live, cancellation)).Entry;
    }

    private ChannelTrust Trust() => new(store, keys.ReadTrustRoot(), time);

    // Both are verified before a row is read: by a false digest no traffic would be found, and nothing be said.
    private async Task<PromotionReport> MeasureAsync(PromotionLook look, CancellationToken cancellation)
    {
        ChannelTrust trust = Trust();
        VerifiedVersion version = await trust.MeasurableAsync(look.Entry, cancellation);
        VerifiedVersion previous = await trust.MeasurableAsync(look.Previous, cancellation);
        ChannelEntry entry = version.Entry;
        using LiveModel model = await LiveModel.OpenAsync(version, cancellation);
        Loss loss = PromotionInput.LossFor(LossOf(entry.Model, model.Target));
        ImmutableArray<TrafficRow> now = await ReadAsync(entry, model.Target, entry.MovedAt, look.Now, look.Now, cancellation);
        PromotionReport report = new()
        {
            Model = entry.Model,
            Channel = entry.Channel,
            Version = entry.Version,
            ReleaseDigest = entry.Publication.ReleaseDigest,
            PreviousVersion = look.Previous.Version,
            From = entry.MovedAt,
            To = look.Now,
            RowCount = now.Length,
            LabelledCount = now.Count(row => row.Label is not null),
            Loss = loss.Text,
        };
        return now.IsEmpty ? report : report with { Figures = await CompareAsync(look, loss, model, previous, now, cancellation) };
    }

    // The definition may have moved on to a loss that this version was never judged by.
    private Loss LossOf(string model, Target target)
    {
        ModelDefinition definition = new ModelCatalog(folders.Models).Read(model).Definition;
        return definition.Gate.LossFor(definition.Predicts) is var loss && loss.Fits(target) ? loss : Loss.DefaultFor(target);
    }

    private async Task<ImmutableArray<PromotionFigure>> CompareAsync(
        PromotionLook look, Loss loss, LiveModel model, VerifiedVersion previous, ImmutableArray<TrafficRow> now, CancellationToken cancellation)
    {
        DateTimeOffset promoted = model.Entry.MovedAt;
        PromotionWatchPolicy policy = look.Policy;
        using LiveModel before = await LiveModel.OpenAsync(previous, cancellation);
        return PromotionComparer.Compare(new PromotionInput
        {
            Loss = loss,
            Now = now,
            Before = await ReadAsync(previous.Entry, before.Target, promoted - policy.Duration, promoted, look.Now, cancellation),
            NewAnswers = Answer(model, now),
            OldAnswers = Answer(before, now),
            Level = policy.LookLevel(),
        });
    }

    private static ChampionAnswers Answer(LiveModel model, ImmutableArray<TrafficRow> rows)
    {
        ModelAnswers answers = model.Answer([.. rows.Select(row => row.Input)]);
        return new ChampionAnswers(model.Target, answers.Answers, [.. answers.Refusals.Select(refusal => refusal is not null)]);
    }

    private async Task<ImmutableArray<TrafficRow>> ReadAsync(
        ChannelEntry entry, Target target, DateTimeOffset from, DateTimeOffset to, DateTimeOffset asOf, CancellationToken cancellation)
    {
        WatchWindow window = new($"version-{entry.Version}", from, to, asOf);
        WindowParts parts = await new PredictionParts(store, Path.Combine(folders.Scratch, "log"))
            .DownloadAsync(entry.Model, window, cancellationToken: cancellation);
        using StageWorkspace workspace = folders.OpenWorkspace("promotion-watch");
        string path = workspace.File("window.parquet");
        PredictionWindow.Write(parts, window, asOf: null, path, limits, cancellation);
        return WindowTraffic.Read(path, entry.Publication.ModelDigest, target, limits, cancellation);
    }
}
