using Lifecycle.Cli.Homes;
using Lifecycle.Domain.Releases;
using Lifecycle.OnnxModels.Scoring;
using Lifecycle.Publishing.Channels;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Releases;
using Lifecycle.Publishing.Stores;
using Lifecycle.Publishing.Trust;

namespace Lifecycle.Cli.Releases;

/// <summary>The model that is live on a ReleaseChannel, as a client uses it: fetched, verified, and only then loaded.</summary>
public sealed class LiveModel : IDisposable
{
    private readonly OnnxScorer scorer;

    private LiveModel(OnnxScorer scorer) => this.scorer = scorer;

    /// <summary>Fetches and verifies the live Publication; refuses what does not verify.</summary>
    public static async Task<LiveModel> OpenAsync(
        string blobConnectionString, HomeFolder home, string model, string channel, CancellationToken cancellation)
    {
        IBlobStore store = await BlobRooms.OpenStoreAsync(blobConnectionString, cancellation);
        ChannelEntry live = await new ReleaseChannels(store).ReadAsync(model, channel, cancellation)
            ?? throw new CommandException(
                ExitCodes.Negative, $"no model is live on {channel} for {model}; start a run with: lifecycle retrain {model}");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("lifecycle-live-");
        try
        {
            string copy = Path.Combine(folder.FullName, "publication");
            await PublicationCopy.ToDirectoryAsync(store, live.Publication.Directory, copy, cancellation);
            Require(new PublicationVerifier(new KeyFolder(home.Root).ReadTrustRoot(), TimeProvider.System).VerifyDirectory(copy));
            return new LiveModel(new OnnxScorer(await File.ReadAllBytesAsync(Path.Combine(copy, ReleaseFileNames.Model), cancellation)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Scores one value; what the model cannot read is refused with the reason.</summary>
    public Prediction Predict(string input) => scorer.Rules.Check(input) switch
    {
        InputCheck.Accepted accepted => new Prediction(input, accepted.Text, scorer.Score(accepted.Text), null),
        InputCheck.Refused refused => new Prediction(input, null, null, refused.Reason),
        _ => throw new InvalidOperationException("an input check has two outcomes"),
    };

    /// <summary>Releases the model.</summary>
    public void Dispose() => scorer.Dispose();

    private static void Require(VerificationReport report)
    {
        if (!report.Passed)
        {
            throw new CommandException(ExitCodes.Negative, $"the live publication does not verify and was not loaded: {report.Refusal}");
        }
    }
}
