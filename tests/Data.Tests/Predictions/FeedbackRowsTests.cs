using System.Collections.Immutable;
using Lifecycle.Data.Predictions;
using Lifecycle.Data.Tables;
using static Lifecycle.Data.Tests.Predictions.LogScratch;

namespace Lifecycle.Data.Tests.Predictions;

public sealed class FeedbackRowsTests : IDisposable
{
    private static readonly DateOnly Cutoff = new(2024, 3, 1);

    private readonly LogScratch scratch = new();

    private string FeedbackPath => Path.Combine(scratch.Folder, "feedback.parquet");

    [Fact]
    public void Feedback_HoldsEachInputOnce_WithTheLabelKnownLastByTheCutoff()
    {
        scratch.Add(
            Label(null, 0, 1, "a.example"), Label(null, 1, 23.5, "a.example"), Label(null, 0, 24, "a.example"), Label(null, 1, 30, "b.example"));
        Assert.Equal(["a.example 1 2024-03-01 23:30:00 desk"], Write(scratch.Parts()));
    }

    [Fact]
    public void Feedback_OfALabelThatNamesARequest_HasTheRequestsInput()
    {
        scratch.Add(Row("r1", 1)).Add(Label("r1", 1, 2), Label("unheard-of", 0, 2));
        Assert.Equal(["r1.example 1 2024-03-01 02:00:00 desk"], Write(scratch.Parts()));
    }

    [Fact]
    public void Feedback_OfTheSamePartsInAnotherOrder_HasTheSameBytes()
    {
        for (int part = 0; part < 5; part++)
        {
            scratch.Add([.. Enumerable.Range(0, 200).Select(i => Label(null, (i + part) % 2, 3, $"{i}.example"))]);
        }

        WindowParts parts = scratch.Parts();
        Write(parts);
        byte[] bytes = File.ReadAllBytes(FeedbackPath);
        Write(parts with { Labels = [.. parts.Labels.Reverse()] });
        Assert.Equal(bytes, File.ReadAllBytes(FeedbackPath));
    }

    [Fact]
    public void Feedback_WithoutLabels_HasNoRows() => Assert.Empty(Write(new WindowParts([], [])));

    public void Dispose() => scratch.Dispose();

    private ImmutableArray<string> Write(WindowParts parts)
    {
        FeedbackRows.Write(parts, Cutoff, FeedbackPath, new DataLimits());
        using DuckSession session = DuckSession.Open(new DataLimits(), [scratch.Folder], scratch.Folder, CancellationToken.None);
        return session.Rows($"SELECT concat_ws(' ', input, label, known_time, source) FROM read_parquet({Sql.Literal(FeedbackPath)})", row => row.GetString(0));
    }
}
