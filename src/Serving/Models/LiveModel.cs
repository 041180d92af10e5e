using System.Collections.Immutable;
using Lifecycle.Domain.Releases;
using Lifecycle.OnnxModels.Scoring;
using Lifecycle.Publishing.Files;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Trust;
using Lifecycle.Storage;

namespace Lifecycle.Serving.Models;

/// <summary>
/// The model that is live on a ReleaseChannel, as a client uses it: fetched, verified, and only then loaded. It stays the
/// same model when the channel moves on; open another to follow. Safe for use by several threads at once.
/// </summary>
public sealed class LiveModel : IDisposable
{
    private const long MaximumModelBytes = 64 << 20;

    private readonly OnnxScorer scorer;

    private LiveModel(OnnxScorer scorer, ChannelEntry entry) => (this.scorer, Entry) = (scorer, entry);

    /// <summary>The version of the ReleaseChannel that this is.</summary>
    public ChannelEntry Entry { get; }

    /// <summary>Opens the live Publication, verified.</summary>
    /// <exception cref="NotServableException">Nothing is live, or what is does not verify.</exception>
    public static async Task<LiveModel> OpenAsync(
        IBlobStore store, TrustRoot root, string model, string channel, TimeProvider time, CancellationToken cancellationToken = default) =>
        await OpenAsync(await FindAsync(store, root, model, channel, time, cancellationToken), cancellationToken);

    /// <summary>
    /// Finds the live Publication and verifies it whole: signature, every file's digest, the Approvals, and that it is a release of
    /// this model, this channel and this version.
    /// </summary>
    /// <exception cref="NotServableException">Nothing is live, or what is does not verify.</exception>
    public static async Task<VerifiedVersion> FindAsync(
        IBlobStore store, TrustRoot root, string model, string channel, TimeProvider time, CancellationToken cancellationToken = default)
    {
        try
        {
            return await new ChannelTrust(store, root, time).FindLiveAsync(model, channel, cancellationToken)
                ?? throw new NotServableException($"no model is live on {channel} for {model}; start a run with: lifecycle retrain {model}");
        }
        catch (Exception refused) when (refused is UntrustedVersionException or InvalidDataException)
        {
            string reason = refused is UntrustedVersionException untrusted ? untrusted.Reason : refused.Message;
            throw new NotServableException($"the live publication does not verify and was not loaded: {reason}", refused);
        }
    }

    /// <summary>Opens a version that was verified: of its bytes, those whose digest was signed.</summary>
    /// <exception cref="ArtifactCorruptedException">The bytes are missing or others by now.</exception>
    public static async Task<LiveModel> OpenAsync(VerifiedVersion version, CancellationToken cancellationToken = default) =>
        new(new OnnxScorer(await version.ReadAsync(ReleaseFileNames.Model, MaximumModelBytes, cancellationToken)), version.Entry);

    /// <summary>Scores one value; what the model cannot read is refused with the reason.</summary>
    public Prediction Predict(string input) => scorer.Rules.Check(input) switch
    {
        InputCheck.Accepted accepted => new Prediction(input, accepted.Text, scorer.Score(accepted.Text), null),
        InputCheck.Refused refused => new Prediction(input, null, null, refused.Reason),
        _ => throw new InvalidOperationException("an input check has two outcomes"),
    };

    /// <summary>Scores many values at once; the answers are in their order, and to the last bit those of <see cref="Predict(string)"/>.</summary>
    public ImmutableArray<Prediction> Predict(IReadOnlyList<string> inputs)
    {
        InputCheck[] checks = [.. inputs.Select(scorer.Rules.Check)];
        float[] probabilities = scorer.Score([.. checks.OfType<InputCheck.Accepted>().Select(accepted => accepted.Text)]);
        int scored = 0;
        return [.. checks.Select((check, i) => check is InputCheck.Accepted accepted
            ? new Prediction(inputs[i], accepted.Text, probabilities[scored++], null)
            : new Prediction(inputs[i], null, null, ((InputCheck.Refused)check).Reason))];
    }

    /// <summary>Releases the model.</summary>
    public void Dispose() => scorer.Dispose();
}
