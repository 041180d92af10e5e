using System.Collections.Immutable;
using Lifecycle.Data.Snapshots;
using Lifecycle.Data.Tests.Testing;
using Lifecycle.Definitions;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Releases;

namespace Lifecycle.Data.Tests.Snapshots;

/// <summary>The lookup of a cold start is taken as a DataSnapshot is, and read with errors that name the column.</summary>
public sealed class LookupRowsTests : IDisposable
{
    private readonly ModelFolder folder = new();

    private string Rows => folder.Output("cold-start.parquet");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Read_AScriptOverAFile_GivesEveryRowAndTheDigestOfWhatItRead()
    {
        (DataSnapshot taken, ImmutableArray<KnownLabel> rows) = await ReadAsync("SELECT word AS input, bad AS label FROM read_csv(getvariable('known'));");

        Assert.Equal([new KnownLabel("ads", true), new KnownLabel("bank", false)], rows);
        Assert.Equal(["known.csv", "known.sql"], taken.Sources.Select(source => source.Name));
        Assert.Equal((Origin.ReferenceName, new DateOnly(2024, 1, 31)), (taken.Id, taken.Cutoff));
    }

    [Theory]
    [InlineData("SELECT word AS text, bad AS label FROM read_csv(getvariable('known'));", "known.sql selects no column 'input'; it selects text, label")]
    [InlineData("SELECT word AS input, bad FROM read_csv(getvariable('known'));", "known.sql selects no column 'label'; it selects input, bad")]
    [InlineData("SELECT word AS input, bad + 1 AS label FROM read_csv(getvariable('known'));", "input 'ads', label '2'; expected a text and 0 or 1")]
    [InlineData("SELECT NULL::VARCHAR AS input, bad AS label FROM read_csv(getvariable('known'));", "input 'null'")]
    public async Task Read_AScriptThatSelectsSomethingElse_SaysWhatIsMissing(string script, string expected)
    {
        var refused = await Assert.ThrowsAsync<InvalidDataSourceException>(() => ReadAsync(script));
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    private async Task<(DataSnapshot Taken, ImmutableArray<KnownLabel> Rows)> ReadAsync(string script)
    {
        folder.Write("known.sql", script);
        folder.Write("known.csv", "word,bad\nads,1\nbank,0\n");
        folder.Change("slices:", "reference: { coldStart: { cutoff: 2024-01-31, lookup: known.sql, files: { known: known.csv } } }\nslices:");
        LoadedModelDefinition loaded = ModelDefinitionReader.Read(folder.Path);
        DataSnapshot taken = await RealModels.Taker().TakeAsync(
            LookupRows.SourceOf(loaded.Definition), folder.Path, Origin.ReferenceName, Rows, null, TestContext.Current.CancellationToken);
        return (taken, LookupRows.Read(Rows, "known.sql", new DataLimits()));
    }
}
