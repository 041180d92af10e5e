using System.Collections.Immutable;
using Lifecycle.Data.Tests.Testing;
using Lifecycle.Data.Validation;
using Lifecycle.Domain;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Models;

namespace Lifecycle.Data.Tests.Validation;

public sealed class SnapshotValidatorTests : IDisposable
{
    /// <summary>100 sound rows of the columns word, label, share.</summary>
    private const string Sound = "SELECT 'word' || range AS word, (range % 2)::INTEGER AS label, (range / 100)::DOUBLE AS share FROM range(100)";

    private static readonly FeatureView Features = new() { Key = "word", Input = "word", MaximumInputBytes = 20 };

    private readonly ScratchParquet parquet = new();

    private static DataContract Contract => new()
    {
        MinimumRows = 10,
        MaximumRows = 1000,
        MinimumLabelRate = 0.4,
        MaximumLabelRate = 0.6,
        Columns = ImmutableSortedDictionary<string, ColumnContract>.Empty
            .Add("word", new() { Type = ColumnType.Text, Unique = true, Pattern = "[a-z]+[0-9]+" })
            .Add("label", new() { Type = ColumnType.Integer, AllowedValues = ["0", "1"] })
            .Add("share", new() { Type = ColumnType.Number, Minimum = 0, Maximum = 1, MaximumNullRate = 0.05 }),
    };

    public void Dispose() => parquet.Dispose();

    [Fact]
    public void Validate_SoundRows_AreAccepted()
    {
        string path = parquet.Write(Sound);

        ValidationReport report = Validate(path);

        Assert.True(report.Accepted);
        Assert.Empty(report.Findings);
        Assert.Equal(Sha256Digest.OfFile(path), report.SnapshotDigest);
        Assert.InRange(report.RuleCount, 15, 30);
    }

    [Theory]
    [InlineData("SELECT * EXCLUDE (share) FROM rows", "share: column is missing, expected one of type number")]
    [InlineData("SELECT * REPLACE (share::VARCHAR AS share) FROM rows", "share: type is VARCHAR, expected number")]
    [InlineData("SELECT * REPLACE (if(share < 0.1, NULL, share) AS share) FROM rows", "share: nullRate is 0.1 (10 of 100 rows), expected at most 0.05")]
    [InlineData("SELECT * REPLACE (if(share < 0.01, 'nan'::DOUBLE, share) AS share) FROM rows", "share: value is 'nan' in 1 row, expected numbers that are neither NaN nor infinite")]
    [InlineData("SELECT * REPLACE (if(share < 0.01, 'inf'::DOUBLE, share) AS share) FROM rows", "share: value is 'inf' in 1 row, expected numbers that are neither NaN nor infinite")]
    [InlineData("SELECT * REPLACE (share - 0.005 AS share) FROM rows", "share: minimum is '-0.005' in 1 row, expected at least 0")]
    [InlineData("SELECT * REPLACE (share * 2 AS share) FROM rows", "share: maximum is '1.02' in 49 rows, expected at most 1")]
    [InlineData("SELECT * REPLACE (if(word = 'word7', 'Word 7', word) AS word) FROM rows", "word: pattern is 'Word 7' in 1 row, expected [a-z]+[0-9]+")]
    [InlineData("SELECT * REPLACE (if(word = 'word7', 'word8', word) AS word) FROM rows", "word: unique is broken by 'word8', expected no value twice")]
    [InlineData("SELECT * REPLACE (if(word = 'word7', '', word) AS word) FROM rows", "word: key is '' in 1 row, expected a value in every row")]
    [InlineData("SELECT * REPLACE (if(word = 'word7', repeat('w', 20) || 7, word) AS word) FROM rows", "word: inputBytes is 'wwwwwwwwwwwwwwwwwwww7' in 1 row, expected at most 20 bytes of UTF-8")]
    [InlineData("SELECT * REPLACE (if(word = 'word7', 2, label) AS label) FROM rows", "label: label is '2' in 1 row, expected 0 or 1 in every row")]
    [InlineData("SELECT * REPLACE (if(word = 'word7', 2, label) AS label) FROM rows", "label: allowedValues is '2' in 1 row, expected one of 0, 1")]
    [InlineData("SELECT * REPLACE (if(word = 'word7', NULL, label) AS label) FROM rows", "label: label is null in 1 row, expected 0 or 1 in every row")]
    [InlineData("SELECT * REPLACE (if(word = 'word7', 'nan'::DOUBLE, label) AS label) FROM rows", "label: value is 'nan' in 1 row, expected numbers that are neither NaN nor infinite")]
    [InlineData("SELECT * FROM rows LIMIT 9", "rows: rowCount is 9, expected from 10 to 1000")]
    [InlineData("SELECT * FROM rows LIMIT 0", "rows: rowCount is 0, expected from 10 to 1000")]
    [InlineData("SELECT * REPLACE (if(share < 0.5, 1, label) AS label) FROM rows", "rows: labelRate is 0.75, expected from 0.4 to 0.6")]
    public void Validate_BrokenRule_IsAnErrorThatSaysSo(string query, string expected)
    {
        ValidationReport report = Validate(parquet.Write($"WITH rows AS ({Sound}) {query}"));

        Assert.False(report.Accepted);
        Assert.Contains(expected, report.Findings.Select(finding => finding.Sentence));
    }

    [Fact]
    public void Validate_ColumnBeyondTheContract_OnlyWarns()
    {
        ValidationReport report = Validate(parquet.Write($"SELECT *, 1 AS extra FROM ({Sound})"));

        ValidationFinding finding = Assert.Single(report.Findings);
        Assert.Equal((FindingSeverity.Warning, "column", "extra"), (finding.Severity, finding.Rule, finding.Subject));
        Assert.True(report.Accepted);
    }

    [Fact]
    public void Validate_ColumnOfSeverityWarning_OnlyWarns()
    {
        ValidationReport report = Validate(parquet.Write(Sound), share => share with { Maximum = 0.5, Severity = FindingSeverity.Warning });

        Assert.Equal(FindingSeverity.Warning, Assert.Single(report.Findings).Severity);
        Assert.True(report.Accepted);
    }

    [Fact]
    public void Validate_OptionalColumnThatIsGone_IsNoFinding()
    {
        ValidationReport report = Validate(parquet.Write($"SELECT * EXCLUDE (share) FROM ({Sound})"), share => share with { Required = false });

        Assert.Empty(report.Findings);
    }

    [Fact]
    public void Validate_WeightThatIsNotAboveZero_IsAnError()
    {
        ValidationReport report = SnapshotValidator.Validate(
            parquet.Write(Sound), ScratchModels.With(Contract, Features with { Weight = "share" }), previous: null, new DataLimits(), default);

        Assert.Equal("share: weight is '0.0' in 1 row, expected a finite number above zero in every row", Assert.Single(report.Findings).Sentence);
    }

    [Fact]
    public void Validate_MoreFindingsThanFit_KeepsErrorsAndCountsTheRest()
    {
        string extras = string.Join(", ", Enumerable.Range(0, 200).Select(number => $"1 AS extra{number}"));

        ValidationReport report = Validate(parquet.Write($"SELECT * REPLACE (share + 1 AS share), {extras} FROM ({Sound})"));

        Assert.Equal(201, report.FindingCount);
        Assert.Equal(SnapshotValidator.MaximumFindings, report.Findings.Length);
        Assert.Equal(("maximum", FindingSeverity.Error), (report.Findings[0].Rule, report.Findings[0].Severity));
    }

    [Fact]
    public void Validate_HostileExample_IsCutAndPrintable()
    {
        ValidationReport report = Validate(parquet.Write($"SELECT * REPLACE (if(word = 'word7', chr(27) || repeat('é', 5000), word) AS word) FROM ({Sound})"));

        ValidationFinding finding = report.Findings.First(finding => finding.Rule == "pattern");
        Assert.Equal($"'?{new string('é', 79)}' in 1 row", finding.Found);
    }

    [Fact]
    public void Validate_TruncatedFile_IsNotAFindingButAnError()
    {
        string path = parquet.Write(Sound);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..172]);

        InvalidDataSourceException exception = Assert.Throws<InvalidDataSourceException>(() => Validate(path));

        Assert.StartsWith("validating rows.parquet failed: ", exception.Message, StringComparison.Ordinal);
    }

    private static ValidationReport Validate(string path, Func<ColumnContract, ColumnContract>? changeShare = null)
    {
        DataContract contract = Contract;
        contract = contract with { Columns = contract.Columns.SetItem("share", (changeShare ?? (share => share))(contract.Columns["share"])) };
        return SnapshotValidator.Validate(path, ScratchModels.With(contract, Features), previous: null, new DataLimits(), TestContext.Current.CancellationToken);
    }
}
