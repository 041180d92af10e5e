using System.Collections.Immutable;
using Lifecycle.Data.Inputs;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.OnnxModels.Explanations;
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
    private readonly ModelExplainer? explainer;
    private readonly RowAnswers answers;

    private LiveModel(OnnxScorer scorer, ModelExplainer? explainer, ChannelEntry entry) =>
        (this.scorer, this.explainer, answers, Entry) = (scorer, explainer, new RowAnswers(scorer, explainer), entry);

    /// <summary>The version of the ReleaseChannel that this is.</summary>
    public ChannelEntry Entry { get; }

    /// <summary>The columns that it reads.</summary>
    public InputSchema Schema => scorer.Schema;

    /// <summary>What it predicts.</summary>
    public Target Target => scorer.Target;

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
        new(new OnnxScorer(await version.ReadAsync(ReleaseFileNames.Model, MaximumModelBytes, cancellationToken)), explainer: null, version.Entry);

    /// <summary>Opens a version that was verified, and its explanation with it: every answer then says why.</summary>
    /// <exception cref="ArtifactCorruptedException">The bytes are missing or others by now.</exception>
    /// <exception cref="NotServableException">Its answers cannot be explained; the message says why, and what to do.</exception>
    public static async Task<LiveModel> OpenExplainedAsync(VerifiedVersion version, CancellationToken cancellationToken = default)
    {
        ReadOnlyMemory<byte> model = await version.ReadAsync(ReleaseFileNames.Model, MaximumModelBytes, cancellationToken);
        ModelExplainer explainer = await PublishedExplanations.OpenAsync(version, model, cancellationToken);
        return new(new OnnxScorer(model), explainer, version.Entry);
    }

    /// <summary>Answers one row as the log holds it: the one text, or the row of inputs that <see cref="RowText"/> reads; what the model cannot read is refused with the reason.</summary>
    public AnsweredRow Predict(string input) => Predict([input])[0];

    /// <summary>Answers many such rows at once; the answers are in their order, and to the last bit those of <see cref="Predict(string)"/>.</summary>
    public ImmutableArray<AnsweredRow> Predict(IReadOnlyList<string> inputs) => Predict(RowText.Read(Schema, inputs));

    /// <summary>Answers rows as the log holds them, as columns.</summary>
    public ModelAnswers Answer(IReadOnlyList<string> inputs) => answers.Answer(RowText.Read(Schema, inputs));

    /// <summary>Answers rows as columns; one that the model cannot read is refused with the reason.</summary>
    /// <exception cref="ArgumentException">The rows lack a column of the <see cref="Schema"/>, or have it in another type.</exception>
    public ModelAnswers Answer(InputRows rows) => answers.Answer(rows);

    /// <summary>Answers rows as they were given, in their order; one that could not be read, or that the model cannot read, is refused with the reason.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="told">Told how many rows are explained, where the model was opened to explain.</param>
    public ImmutableArray<AnsweredRow> Predict(GivenRows rows, Action<int>? told = null) => answers.Of(rows, told);

    /// <summary>Releases the model.</summary>
    public void Dispose()
    {
        explainer?.Dispose();
        scorer.Dispose();
    }
}
