using System.Collections.Immutable;
using Lifecycle.Data.Predictions;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Schemas;
using static Lifecycle.Data.Tests.Predictions.LogScratch;

namespace Lifecycle.Data.Tests.Predictions;

public sealed class FeedbackRowsTests : IDisposable
{
    private static readonly DateOnly Cutoff = new(2024, 3, 1);

    private static readonly InputSchema Text = new([new() { Name = "domain", Type = InputType.HostName }]);

    private static readonly InputSchema Table = new(
    [
        new() { Name = "place", Type = InputType.Category },
        new() { Name = "x", Type = InputType.Number, Nullable = true },
        new() { Name = "n", Type = InputType.Integer, Nullable = true },
        new() { Name = "is", Type = InputType.Boolean, Nullable = true },
        new() { Name = "at", Type = InputType.Timestamp, Nullable = true },
    ]);

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
    public void Feedback_OfRowsOfInputs_HasThemAsAStruct_TheLastLabelOfEach_AndPassesOverWhatDoesNotFit()
    {
        const string row = """{"place":"JFK","x":0.1,"n":9223372036854775807,"is":true,"at":"9999-12-31T23:59:59.999999Z"}""";
        const string other = """{"place":"it's \"ü\"","x":null,"n":null,"is":null,"at":null}""";
        scratch.Add(Row("r1", 1) with { Input = row });
        scratch.Add(
            Amount(null, 1.5, 1, row), Amount("r1", -2.25, 2, null), Amount(null, 0, 3, other), Amount(null, 7, 3, "gmail.com"), Amount(null, 8, 4, """{"x":1}"""),
            Amount(null, 9, 3, """{"place":"JFK","x":"far"}"""), new LabelRow { Input = row, Class = "None", KnownTime = Day.AddHours(9), Source = "desk" });
        Assert.Equal(
            [
                "{'place': JFK, 'x': 0.1, 'n': 9223372036854775807, 'is': true, 'at': '9999-12-31 23:59:59.999999'} -2.25 2024-03-01 02:00:00 desk",
                "{'place': 'it\\'s \"ü\"', 'x': NULL, 'n': NULL, 'is': NULL, 'at': NULL} 0.0 2024-03-01 03:00:00 desk",
            ],
            Write(scratch.Parts(), Table, new Target.Regression()));
    }

    [Fact]
    public void Feedback_OfSeveralClasses_HasTheirNames_AndPassesOverOthers()
    {
        scratch.Add([.. new[] { "None", "Minor", "Gone" }.Select((name, i) => new LabelRow { Input = $"{i}.example", Class = name, KnownTime = Day, Source = "desk" }), Label(null, 1, 1, "3.example")]);
        Assert.Equal(
            ["0.example None 2024-03-01 00:00:00 desk", "1.example Minor 2024-03-01 00:00:00 desk"],
            Write(scratch.Parts(), Text, new Target.Multiclass { Classes = ["None", "Minor"] }));
    }

    [Fact]
    public void Feedback_OfTwoClasses_PassesOverAmounts()
    {
        scratch.Add(Amount(null, 0.5, 2, "a.example"), Amount(null, 1, 1, "a.example"));
        Assert.Equal(["a.example 1 2024-03-01 01:00:00 desk"], Write(scratch.Parts()));
    }

    [Fact]
    public void Feedback_WithoutLabels_HasNoRows() => Assert.Empty(Write(new WindowParts([], [])));

    public void Dispose() => scratch.Dispose();

    private static LabelRow Amount(string? id, double value, double knownHour, string? input) =>
        new() { RequestId = id, Input = input, Label = value, KnownTime = Day.AddHours(knownHour), Source = "desk" };

    private ImmutableArray<string> Write(WindowParts parts, InputSchema? schema = null, Target? target = null)
    {
        FeedbackRows.Write(parts, Cutoff, schema ?? Text, target ?? new Target.Binary(), FeedbackPath, new DataLimits());
        using DuckSession session = DuckSession.Open(new DataLimits(), [scratch.Folder], scratch.Folder, CancellationToken.None);
        return session.Rows($"SELECT concat_ws(' ', input, label, known_time, source) FROM read_parquet({Sql.Literal(FeedbackPath)})", row => row.GetString(0));
    }
}
