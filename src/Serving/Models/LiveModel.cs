using System.Collections.Immutable;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
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

    /// <summary>The columns that it reads.</summary>
    public InputSchema Schema => new([new() { Name = "input", Type = scorer.Rules.Kind == InputKind.HostName ? InputType.HostName : InputType.Text, MaximumBytes = scorer.Rules.MaximumBytes }]);

    /// <summary>What it predicts.</summary>
    public Target Target { get; } = new Target.Binary();

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

    /// <summary>Answers one text; what the model cannot read is refused with the reason.</summary>
    public AnsweredRow Predict(string input) => scorer.Rules.Check(input) switch
    {
        InputCheck.Accepted accepted => Row(input) with { Scored = accepted.Text, Prediction = Prediction.Of(Target, [scorer.Score(accepted.Text)]) },
        InputCheck.Refused refused => Row(input) with { Refusal = refused.Reason },
        _ => throw new InvalidOperationException("an input check has two outcomes"),
    };

    /// <summary>Answers many texts at once; the answers are in their order, and to the last bit those of <see cref="Predict(string)"/>.</summary>
    public ImmutableArray<AnsweredRow> Predict(IReadOnlyList<string> inputs)
    {
        InputCheck[] checks = [.. inputs.Select(scorer.Rules.Check)];
        float[] probabilities = scorer.Score([.. checks.OfType<InputCheck.Accepted>().Select(accepted => accepted.Text)]);
        int scored = 0;
        return [.. checks.Select((check, i) => check is InputCheck.Accepted accepted
            ? Row(inputs[i]) with { Scored = accepted.Text, Prediction = Prediction.Of(Target, [probabilities[scored++]]) }
            : Row(inputs[i]) with { Refusal = ((InputCheck.Refused)check).Reason })];
    }

    /// <summary>Answers rows as they were given; one that could not be read, or that the model cannot, is refused with the reason.</summary>
    public ImmutableArray<AnsweredRow> Predict(GivenRows rows)
    {
        ImmutableArray<AnsweredRow> answers = Predict([.. ((InputValues.Texts)rows.Sound.Columns[0]).Values.Select(text => text!)]);
        int answered = 0;
        return [.. rows.Rows.Select(row => row.Fault is null
            ? answers[answered++] with { Line = row.Line }
            : new AnsweredRow(Schema, row.Values) { Line = row.Line, Refusal = row.Fault })];
    }

    /// <summary>Releases the model.</summary>
    public void Dispose() => scorer.Dispose();

    private AnsweredRow Row(string input) => new(Schema, [input]);
}
