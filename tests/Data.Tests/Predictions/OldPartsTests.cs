using Lifecycle.Data.Predictions;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Schemas;
using static Lifecycle.Data.Tests.Predictions.LogScratch;

namespace Lifecycle.Data.Tests.Predictions;

/// <summary>Parts from before there were answers by class and labels that are amounts: read alone, and together with new ones.</summary>
public sealed class OldPartsTests : IDisposable
{
    private readonly LogScratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Window_OfOldParts_HasTheBytesOfTheSameRowsWrittenNow()
    {
        scratch.Add([.. Enumerable.Range(0, 50).Select(i => Row($"r{i}", i / 3.0))]);
        scratch.Add([.. Enumerable.Range(0, 50).Select(i => Label(i % 2 == 0 ? $"r{i}" : null, i % 3 == 0 ? 1 : 0, 20, i % 2 == 0 ? null : $"r{i}.example"))]);
        WindowParts parts = scratch.Parts();
        scratch.Read();
        byte[] now = File.ReadAllBytes(scratch.WindowPath);
        scratch.Read(parts: Old(parts));
        Assert.Equal(now, File.ReadAllBytes(scratch.WindowPath));
    }

    [Fact]
    public void Window_OfOldAndNewParts_HoldsBoth()
    {
        scratch.Add(Row("a", 1)).Add(Label("a", 1, 2));
        WindowParts old = Old(scratch.Parts());
        scratch.Add(Row("b", 2) with { Prediction = 0.7f, Answers = [0.1f, 0.2f, 0.7f] }).Add(new LabelRow { RequestId = "b", Class = "Minor", KnownTime = Day.AddHours(3), Source = "desk" });
        scratch.Add(Row("c", 3) with { Prediction = -12.5f }).Add(new LabelRow { RequestId = "c", Label = -3.25, KnownTime = Day.AddHours(4), Source = "desk" });
        WindowParts now = scratch.Parts();
        WindowRows rows = scratch.Read(parts: new([.. old.Predictions, .. now.Predictions.Skip(1)], [.. old.Labels, .. now.Labels.Skip(1)]));
        Assert.Equal((3L, 3L), (rows.RowCount, rows.LabelledCount));

        LoggedRequest[] read = [.. LoggedRequest.Read(scratch.WindowPath, new DataLimits())];
        Assert.Equal([[], [0.1f, 0.2f, 0.7f], []], read.Select(request => request.Answers.ToArray()));
        Assert.Equal([1, null, -3.25], read.Select(request => request.Label));
        Assert.Equal([null, "Minor", null], read.Select(request => request.Class));
        Assert.Equal([1, null, null], read.Select(request => request.LabelOf(new Target.Binary())));
        Assert.Equal([1, 1, null], read.Select(request => request.LabelOf(new Target.Multiclass { Classes = ["None", "Minor"] })));
        Assert.Equal([1, null, -3.25], read.Select(request => request.LabelOf(new Target.Regression())));
    }

    [Fact]
    public void Window_OfAPartWithoutItsColumns_IsRefused()
    {
        scratch.Add(Row("a", 1));
        WindowParts broken = new([Rewrite(scratch.Parts().Predictions[0], "SELECT * EXCLUDE (prediction)")], []);
        Assert.Contains("prediction", Assert.Throws<InvalidDataSourceException>(() => scratch.Read(parts: broken)).Message, StringComparison.Ordinal);
    }

    private WindowParts Old(WindowParts parts) => new(
        [.. parts.Predictions.Select(path => Rewrite(path, "SELECT * EXCLUDE (answers)"))],
        [.. parts.Labels.Select(path => Rewrite(path, "SELECT * EXCLUDE (class) REPLACE (label::INTEGER AS label)"))]);

    private string Rewrite(string path, string selection)
    {
        string old = Path.Combine(scratch.Folder, $"old-{Path.GetFileName(path)}");
        using DuckSession session = DuckSession.Open(new DataLimits(), [scratch.Folder], scratch.Folder, CancellationToken.None);
        session.Execute($"COPY ({selection} FROM read_parquet({Sql.Literal(path)})) TO {Sql.Literal(old)} (FORMAT parquet)");
        return old;
    }
}
