using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Lifecycle.Cli.Verbs;
using Lifecycle.Domain;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Scoring;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.Storage;
using Temporalio.Client;

namespace Lifecycle.EndToEnd.Tests.Scoring;

/// <summary>Batches of the sample model: 1,000 GENERATED host names, of which every hundredth is none, in ten partitions.</summary>
internal static class SampleBatches
{
    public const int RowCount = 1000;

    public const int RefusedCount = 10;

    public const int PartitionCount = 10;

    /// <summary>A request whose rows are stored.</summary>
    public static async Task<ScoringRequest> RequestAsync(IBlobStore store, string cacheFolder, string key, int rowCount = RowCount)
    {
        StringBuilder rows = new("id,at,host\n");
        for (int i = 0; i < rowCount; i++)
        {
            string host = i % 100 == 50 ? "no host name" : string.Create(CultureInfo.InvariantCulture, $"bank{i}.org");
            rows.Append(CultureInfo.InvariantCulture, $"request-{i},2024-03-{1 + (i % 3):d2}T00:00:00Z,{host}\n");
        }

        ArtifactRef content = await new ArtifactStore(store, cacheFolder).UploadAsync(Encoding.UTF8.GetBytes(rows.ToString()), "text/csv");
        return new ScoringRequest
        {
            Model = SampleModel.Name,
            Key = key,
            Source = new() { Files = [new SourceFile("hosts.csv", content)] },
            InputColumn = "host",
            TimeColumn = "at",
            RequestIdColumn = "id",
            PartitionRows = RowCount / PartitionCount,
            HeartbeatTimeout = TimeSpan.FromSeconds(2),
        };
    }

    /// <summary>Scores a batch.</summary>
    public static async Task<ScoringState> ScoreAsync(ITemporalClient client, ScoringRequest request)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(5));
        var batch = await ScoreVerb.StartAsync(client, request, limit.Token);
        return await batch.GetResultAsync(rpcOptions: new() { CancellationToken = limit.Token });
    }

    /// <summary>Digests of the blobs under a prefix.</summary>
    public static async Task<ImmutableSortedDictionary<string, string>> DigestsAsync(IBlobStore store, string prefix)
    {
        ImmutableSortedDictionary<string, string>.Builder digests = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        await foreach (string name in store.ListAsync(prefix))
        {
            digests[name] = Sha256Digest.Of((await store.ReadAsync(name, 1 << 26))!.Content.Span);
        }

        return digests.ToImmutable();
    }
}
