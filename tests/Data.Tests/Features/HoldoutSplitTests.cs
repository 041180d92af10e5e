using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lifecycle.Data.Features;
using Lifecycle.Data.Tables;
using Lifecycle.Data.Tests.Testing;
using Lifecycle.Definitions;
using Lifecycle.Domain;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Training;

namespace Lifecycle.Data.Tests.Features;

public sealed class HoldoutSplitTests : IDisposable
{
    private readonly ModelFolder folder = new();

    private string TrainingPath => folder.Output("training.parquet");

    private string HoldoutPath => folder.Output("holdout.parquet");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Split_EveryRow_IsOnTheSideItsHashSays()
    {
        SplitRows split = await SplitAsync();

        ImmutableArray<TrainingRow> training = [.. ParquetRows.ReadTraining(TrainingPath, new DataLimits())];
        HoldoutRows holdout = ParquetRows.ReadHoldout(HoldoutPath, new DataLimits());
        Assert.Equal(200, split.TrainingSet.RowCount + split.Holdout.RowCount);
        Assert.All(training, row => Assert.NotEqual(0u, Fold(row.Key)));
        Assert.All(holdout.Keys, key => Assert.Equal(0u, Fold(key)));
        Assert.Equal(split.TrainingSet.RowCount, training.Length);
        Assert.Equal(split.Holdout.RowCount, holdout.Keys.Length);
        Assert.Equal(split.Holdout.PositiveCount, holdout.Labels.Count(label => label));
    }

    [Fact]
    public async Task Split_Rows_KeepTheirColumns()
    {
        await SplitAsync();

        TrainingRow row = ParquetRows.ReadTraining(TrainingPath, new DataLimits()).First();
        int number = int.Parse(row.Key["word".Length..], CultureInfo.InvariantCulture);
        Assert.Equal(new TrainingRow(row.Key, row.Key, number % 2 == 1, 1), row);

        HoldoutRows holdout = ParquetRows.ReadHoldout(HoldoutPath, new DataLimits());
        for (int i = 0; i < holdout.Keys.Length; i++)
        {
            number = int.Parse(holdout.Keys[i]["word".Length..], CultureInfo.InvariantCulture);
            Assert.Equal(number % 2 == 1, holdout.Labels[i]);
            Assert.Equal(number % 3 == 0 ? null : true, holdout.Lookups[i]);
            Assert.Equal(holdout.Keys[i].Length > 5, holdout.Slices["long"][i]);
            Assert.Equal(holdout.Keys[i], holdout.Clusters[i]);
            Assert.Equal(1, holdout.Weights[i]);
        }
    }

    [Fact]
    public async Task Split_BothSides_AreSortedByKey()
    {
        await SplitAsync();

        string[] keys = [.. ParquetRows.ReadTraining(TrainingPath, new DataLimits()).Select(row => row.Key)];
        Assert.Equal(keys.Order(StringComparer.Ordinal), keys);
        ImmutableArray<string> held = ParquetRows.ReadHoldout(HoldoutPath, new DataLimits()).Keys;
        Assert.Equal(held.Order(StringComparer.Ordinal), held);
    }

    [Fact]
    public async Task Split_AnotherNumberOfThreads_GivesTheSameBytes()
    {
        SplitRows one = await SplitAsync(new DataLimits { Threads = 1 });
        SplitRows two = await SplitAsync(new DataLimits { Threads = 2 });

        Assert.Equal(one, two);
        Assert.Equal(two.Holdout.Rows.Sha256, Sha256Digest.OfFile(HoldoutPath));
    }

    [Fact]
    public async Task Split_WeightClusterAndSplitColumn_KeepClustersWhole()
    {
        folder.Change("  input: word", "  input: word\n  cluster: half\n  weight: share");
        folder.Change("gate:", "split: { column: half }\ngate:");
        folder.Change("share: {", "half: { type: text }\n    share: {");
        folder.Write("snapshot.sql", "SELECT word, label::INT AS label, seen::INT AS seen, share + 1 AS share, word[1:5] AS half FROM read_csv(getvariable('rows'))");

        await SplitAsync();

        HoldoutRows holdout = ParquetRows.ReadHoldout(HoldoutPath, new DataLimits());
        Assert.Equal(holdout.Keys.Select(key => key[..5]), holdout.Clusters);
        Assert.All(holdout.Clusters, cluster => Assert.Equal(0u, Fold(cluster)));
        Assert.All(holdout.Weights, weight => Assert.True(weight >= 1));
        Assert.DoesNotContain(ParquetRows.ReadTraining(TrainingPath, new DataLimits()), row => Fold(row.Key[..5]) == 0);
    }

    [Fact]
    public async Task Split_KeyOnBothSides_IsRefused()
    {
        folder.Change("gate:", "split: { column: half }\ngate:");
        folder.Change("share: {", "half: { type: text }\n    share: {");
        folder.Write("snapshot.sql", "SELECT 'same' AS word, label::INT AS label, seen::INT AS seen, share, word AS half FROM read_csv(getvariable('rows'))");

        InvalidDataSourceException exception = await Assert.ThrowsAsync<InvalidDataSourceException>(() => SplitAsync());

        Assert.Equal("key 'same' of 'toy' is on both sides of the split; column 'word' must be unique in the snapshot", exception.Message);
        Assert.False(File.Exists(TrainingPath));
    }

    [Fact]
    public async Task Split_OneClassOnly_IsRefused()
    {
        folder.Write("snapshot.sql", "SELECT word, 1 AS label, 1 AS seen, share FROM read_csv(getvariable('rows'))");

        InvalidDataSourceException exception = await Assert.ThrowsAsync<InvalidDataSourceException>(() => SplitAsync());

        Assert.Contains("both classes are needed", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Split_SliceOfAColumnThatIsNotThere_NamesIt()
    {
        folder.Change("length(word) > 5", "length(wort) > 5");

        InvalidDataSourceException exception = await Assert.ThrowsAsync<InvalidDataSourceException>(() => SplitAsync());

        Assert.Matches("splitting the rows of toy failed: .*\"wort\" not found", exception.Message);
    }

    private async Task<SplitRows> SplitAsync(DataLimits? limits = null)
    {
        ModelDefinition definition = ModelDefinitionReader.Read(folder.Path).Definition with { Reference = new() { LookupColumn = "seen" } };
        await RealModels.Taker().TakeAsync(definition, folder.Path, "one", folder.Output("rows.parquet"), null, TestContext.Current.CancellationToken);
        return HoldoutSplit.Split(
            folder.Output("rows.parquet"), definition, TrainingPath, HoldoutPath, limits ?? new DataLimits(), TestContext.Current.CancellationToken);
    }

    private static uint Fold(string text) =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text))) % 5;
}
