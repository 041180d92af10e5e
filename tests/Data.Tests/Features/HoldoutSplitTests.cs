using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lifecycle.Data.Features;
using Lifecycle.Data.Rows;
using Lifecycle.Data.Tests.Testing;
using Lifecycle.Definitions;
using Lifecycle.Domain;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
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

        RowSet training = Read(TrainingPath);
        RowSet holdout = Read(HoldoutPath);
        Assert.Equal(200, split.TrainingSet.RowCount + split.Holdout.RowCount);
        Assert.All(training.Keys, key => Assert.NotEqual(0u, Fold(key)));
        Assert.All(holdout.Keys, key => Assert.Equal(0u, Fold(key)));
        Assert.Equal(split.TrainingSet.RowCount, training.Count);
        Assert.Equal(split.Holdout.RowCount, holdout.Count);
        Assert.Equal(new LabelSummary { Classes = [new("0", holdout.Labels.Count(label => label == 0)), new("1", holdout.Labels.Count(label => label == 1))] }, split.Holdout.Labels);
        Assert.Null(split.Holdout.Times);
    }

    [Fact]
    public async Task Split_Rows_KeepTheirColumns()
    {
        await SplitAsync();

        foreach (RowSet side in new[] { Read(TrainingPath), Read(HoldoutPath) })
        {
            Assert.Equal<string?>(side.Keys, Texts(side));
            for (int i = 0; i < side.Count; i++)
            {
                int number = int.Parse(side.Keys[i]["word".Length..], CultureInfo.InvariantCulture);
                Assert.Equal(number % 2, side.Labels[i]);
                Assert.Equal(number % 3 == 0 ? double.NaN : 1, side.Lookups[i]);
                Assert.Equal(side.Keys[i].Length > 5, side.Slices["long"][i]);
            }

            Assert.Empty(side.Clusters);
            Assert.Empty(side.Weights);
        }
    }

    [Fact]
    public async Task Split_BothSides_AreSortedByKey()
    {
        await SplitAsync();

        ImmutableArray<string> keys = Read(TrainingPath).Keys;
        Assert.Equal(keys.Order(StringComparer.Ordinal), keys);
        ImmutableArray<string> held = Read(HoldoutPath).Keys;
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

        RowSet holdout = Read(HoldoutPath);
        string[] halves = [.. holdout.Keys.Select(key => key[..5])];
        Assert.Equal(halves.Select(half => Array.IndexOf([.. halves.Distinct()], half)), holdout.Clusters);
        Assert.All(halves, half => Assert.Equal(0u, Fold(half)));
        Assert.All(holdout.Weights, weight => Assert.True(weight >= 1));
        Assert.DoesNotContain(Read(TrainingPath).Keys, key => Fold(key[..5]) == 0);
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

    private static RowSet Read(string path) => RowSets.Read(path, new InputSchema([new InputColumn { Name = "word", Type = InputType.Text }]), RowParts.All, new DataLimits());

    private static ImmutableArray<string?> Texts(RowSet rows) => Assert.IsType<InputValues.Texts>(Assert.Single(rows.Inputs.Columns)).Values;

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
