using Lifecycle.Data.Scoring;
using Lifecycle.Data.Tables;

namespace Lifecycle.Data.Tests.Scoring;

public sealed class ScoringRowsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("lifecycle-").FullName;

    [Fact]
    public void Rows_WrittenAndRead_AreTheSame_InTheOrderOfTheirNumbers()
    {
        ScoringRow[] rows =
        [
            Row(1) with { Scored = "a.example", Prediction = 0.1f },
            Row(0) with { Input = null, Refusal = "column 'host' has no value" },
        ];
        string path = Path.Combine(folder, "rows.parquet");
        ScoringRows.Write(rows, [], path, new DataLimits());
        Assert.Equal(rows.OrderBy(row => row.Number), ScoringRows.Read(path, new DataLimits()));
    }

    [Fact]
    public void Rows_InAnotherOrder_AreTheSameBytes()
    {
        ScoringRow[] rows = [.. Enumerable.Range(0, 1000).Select(i => Row(i))];
        ScoringRows.Write(rows, [], Path.Combine(folder, "a.parquet"), new DataLimits());
        Array.Reverse(rows);
        ScoringRows.Write(rows, [], Path.Combine(folder, "b.parquet"), new DataLimits { Threads = 1 });
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder, "a.parquet")), File.ReadAllBytes(Path.Combine(folder, "b.parquet")));
    }

    [Fact]
    public void Rows_OfOneNumber_HaveTheColumnsOfBefore_AndOfClassesTheLabelAndTheProbabilitiesToo()
    {
        ScoringRow[] rows =
        [
            Row(0) with { Prediction = 0.75f, Label = "Min'or", Answers = [0.25f, 0.75f] },
            Row(1) with { Refusal = "no" },
        ];
        string path = Path.Combine(folder, "rows.parquet");
        ScoringRows.Write(rows, [], path, new DataLimits());
        using ParquetFile number = new(path, new DataLimits());
        Assert.Equal(["number", "source", "line", "request_id", "time", "input", "scored", "prediction", "refusal"], number.Columns());

        string classes = Path.Combine(folder, "classes.parquet");
        ScoringRows.Write(rows, ["None", "Min'or"], classes, new DataLimits());
        using ParquetFile read = new(classes, new DataLimits());
        Assert.Equal(
            ["0.75 Min'or 0.25 0.75", ""],
            read.Rows("concat_ws(' ', prediction, label, probabilities['None'], probabilities['Min''or'])").Select(row => row.GetString(0)));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static ScoringRow Row(long number) => new()
    {
        Number = number, Source = "hosts.csv", Line = number + 2, RequestId = $"k/{number}",
        Time = new DateTimeOffset(2024, 3, 1, 1, 2, 3, TimeSpan.Zero), Input = "A.example",
    };
}
