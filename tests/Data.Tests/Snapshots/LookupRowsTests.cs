using System.Collections.Immutable;
using Lifecycle.Data.Snapshots;
using Lifecycle.Data.Tests.Testing;
using Lifecycle.Definitions;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Rows;

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
        (DataSnapshot taken, RowSet rows) = await ReadAsync("SELECT word AS input, bad AS label FROM read_csv(getvariable('known'));");

        Assert.Equal(["ads", "bank"], ((InputValues.Texts)rows.Inputs.Columns[0]).Values);
        Assert.Equal("word", Assert.Single(rows.Inputs.Schema.Columns).Name);
        Assert.Equal([1d, 0d], rows.Labels);
        Assert.Equal(["known.csv", "known.sql"], taken.Sources.Select(source => source.Name));
        Assert.Equal((Origin.ReferenceName, new DateOnly(2024, 1, 31)), (taken.Id, taken.Cutoff));
    }

    [Theory]
    [InlineData("SELECT word AS text, bad AS label FROM read_csv(getvariable('known'));", "known.sql selects column 'text', which is no input of the model; it may select input, word and 'label'")]
    [InlineData("SELECT word AS input, bad FROM read_csv(getvariable('known'));", "known.sql selects no column 'label'; it selects input, bad")]
    [InlineData("SELECT word AS input, bad + 1 AS label FROM read_csv(getvariable('known'));", "known.sql selects the row input 'ads', label '2'; expected a value each, and of the label 0 or 1 in every row")]
    [InlineData("SELECT NULL::VARCHAR AS input, bad AS label FROM read_csv(getvariable('known'));", "input 'null'")]
    public async Task Read_AScriptThatSelectsSomethingElse_SaysWhatIsMissing(string script, string expected)
    {
        var refused = await Assert.ThrowsAsync<InvalidDataSourceException>(() => ReadAsync(script));
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    private async Task<(DataSnapshot Taken, RowSet Rows)> ReadAsync(string script)
    {
        folder.Write("known.sql", script);
        folder.Write("known.csv", "word,bad\nads,1\nbank,0\n");
        folder.Change("slices:", "reference: { coldStart: { cutoff: 2024-01-31, lookup: known.sql, files: { known: known.csv } } }\nslices:");
        LoadedModelDefinition loaded = ModelDefinitionReader.Read(folder.Path);
        DataSnapshot taken = await RealModels.Taker().TakeAsync(
            LookupRows.SourceOf(loaded.Definition), folder.Path, Origin.ReferenceName, Rows, null, TestContext.Current.CancellationToken);
        return (taken, LookupRows.Read(Rows, loaded.Definition, new DataLimits()));
    }
}
