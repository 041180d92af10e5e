using System.Text;
using Lifecycle.Data.Tests.Testing;
using Lifecycle.Data.Validation;
using Lifecycle.Definitions;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Models;

namespace Lifecycle.Data.Tests.Snapshots;

/// <summary>Data files as they should not be: each ends in one clear error, at the snapshot or at its validation.</summary>
public sealed class HostileDataTests : IDisposable
{
    private const string Header = "word,label,seen,share\n";

    private readonly ModelFolder folder = new();

    private string Rows => folder.Output("rows.parquet");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task TakeAsync_ByteOrderMark_IsNotPartOfTheFirstColumn()
    {
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "rows.csv"), ModelFolder.Rows(20), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        Assert.Equal(20, (await TakeAsync()).RowCount);
    }

    [Theory]
    [InlineData("a,1,1,0.5\n\u00FFb,0,1,0.5\n")]
    [InlineData("a,1,1,0.5\nb,0\n")]
    [InlineData("a,1,1,0.5\n\"b,0,1,0.5\n")]
    [InlineData("a,one,1,0.5\n")]
    [InlineData("a,99999999999999999999,1,0.5\n")]
    public async Task TakeAsync_MalformedCsv_IsOneClearError(string lines)
    {
        folder.Write("snapshot.sql", """
            SELECT * FROM read_csv(getvariable('rows'), header = true, auto_detect = false, delim = ',', quote = '"', strict_mode = true,
                columns = {'word': 'VARCHAR', 'label': 'INTEGER', 'seen': 'INTEGER', 'share': 'DOUBLE'})
            """);
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "rows.csv"), [.. Encoding.Latin1.GetBytes(Header + lines)]);

        Assert.StartsWith("taking snapshot one of toy failed: ", await RefusalAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PK\u0003\u0004 no Parquet")]
    [InlineData("PAR1")]
    [InlineData("word,label\na,1\n")]
    public async Task TakeAsync_FileOfAnotherFormat_IsOneClearError(string content)
    {
        folder.Write("snapshot.sql", "SELECT * FROM read_parquet(getvariable('rows'))");
        folder.Write("rows.csv", content);

        Assert.Matches("taking snapshot one of toy failed: .*rows.csv", await RefusalAsync());
    }

    [Fact]
    public async Task TakeAsync_FileThatGrowsWhileItIsRead_IsRefused()
    {
        folder.Write("snapshot.sql", ModelFolder.Script.Replace(";", " WHERE (SELECT sum(range) FROM range(50000000)) > 0", StringComparison.Ordinal));
        using CancellationTokenSource done = new();
        Task growth = Task.Run(() =>
        {
            for (int row = 0; !done.IsCancellationRequested; row++)
            {
                File.AppendAllText(Path.Combine(folder.Path, "rows.csv"), $"late{row},0,1,0.5\n");
            }
        });

        string refusal = await RefusalAsync();

        await done.CancelAsync();
        await growth;
        Assert.Equal("data file 'rows.csv' changed while it was read; wait until it is written completely and try again", refusal);
    }

    [Fact]
    public async Task Validate_NulAndFormulaInAKey_AreFoundByThePattern()
    {
        folder.Write("snapshot.sql", ModelFolder.Script.Replace("SELECT word", "SELECT if(label = 1, '=cmd|' || word, word || chr(0)) AS word", StringComparison.Ordinal));
        folder.Change("unique: true", "unique: true, pattern: '[a-z0-9]+'");

        ValidationReport report = await ValidateAsync();

        ValidationFinding finding = Assert.Single(report.Findings, finding => finding.Rule == "pattern");
        Assert.Equal("'=cmd|word1' in 200 rows", finding.Found);
    }

    [Fact]
    public async Task Validate_ThousandsOfColumns_KeepsTheReportSmall()
    {
        string columns = string.Join(", ", Enumerable.Range(0, 5000).Select(number => $"{number} AS extra{number}"));
        folder.Write("snapshot.sql", ModelFolder.Script.Replace("SELECT ", $"SELECT {columns}, ", StringComparison.Ordinal));
        folder.Write("rows.csv", ModelFolder.Rows(20));

        ValidationReport report = await ValidateAsync();

        Assert.Equal((5000, SnapshotValidator.MaximumFindings), (report.FindingCount, report.Findings.Length));
    }

    [Fact]
    public async Task Validate_NaNLabel_StopsTheRun()
    {
        folder.Write("snapshot.sql", ModelFolder.Script.Replace("label::INTEGER AS label", "if(label = 1, 'nan'::DOUBLE, 0) AS label", StringComparison.Ordinal));

        ValidationReport report = await ValidateAsync();

        Assert.False(report.Accepted);
        Assert.Contains("label: value is 'nan' in 100 rows, expected numbers that are neither NaN nor infinite", report.Findings.Select(finding => finding.Sentence));
    }

    private async Task<ValidationReport> ValidateAsync()
    {
        await TakeAsync();
        ModelDefinition definition = ModelDefinitionReader.Read(folder.Path).Definition;
        return SnapshotValidator.Validate(Rows, definition, previous: null, new DataLimits(), TestContext.Current.CancellationToken);
    }

    private Task<DataSnapshot> TakeAsync() => RealModels.Taker().TakeAsync(
        ModelDefinitionReader.Read(folder.Path).Definition, folder.Path, "one", Rows, progress: null, TestContext.Current.CancellationToken);

    private async Task<string> RefusalAsync() => (await Assert.ThrowsAsync<InvalidDataSourceException>(TakeAsync)).Message;
}
