using Lifecycle.Domain.Schedules;

namespace Lifecycle.Domain.Tests.Schedules;

public sealed class SchedulePlanTests
{
    private static readonly ScheduleSettings Quarterly = new()
    {
        Starts = "LaunchRetrainingWorkflow",
        Input = "{}",
        WorkflowId = "launch/m/q",
        TaskQueue = "lifecycle",
        When = "0 6 1 1-10/3 *",
    };

    [Fact]
    public void Plan_OfAMissingSchedule_CreatesIt() =>
        Assert.Equal(ScheduleChangeKind.Create, Single(Plan(Quarterly)).Kind);

    [Fact]
    public void Plan_OfAScheduleAsWanted_HasNoWork()
    {
        SchedulePlan plan = Plan(Quarterly, Ours("m/q", Quarterly) with { IsPaused = true, OperatorNote = "freeze" });

        Assert.Equal((false, ScheduleChangeKind.Unchanged), (plan.HasWork, Single(plan).Kind));
    }

    [Fact]
    public void Plan_OfAScheduleChangedByHand_NamesWhatDiffers()
    {
        ScheduleChange change = Single(Plan(Quarterly, Ours("m/q", Quarterly with { When = "0 7 1 1-10/3 *", Overlap = "AllowAll" })));

        Assert.Equal(ScheduleChangeKind.Update, change.Kind);
        Assert.Equal([new("when", "0 7 1 1-10/3 *", "0 6 1 1-10/3 *"), new("overlap", "AllowAll", "Skip")], change.Differences);
    }

    [Fact]
    public void Plan_OfAScheduleThatTheDefinitionLost_DeletesItIfItIsOurs()
    {
        SchedulePlan plan = SchedulePlan.Of("m", new Dictionary<string, ScheduleSettings>(), [Ours("m/old", Quarterly), Ours("m/hand", Quarterly) with { MadeFor = null }, Ours("n/old", Quarterly) with { MadeFor = "n" }]);

        Assert.Equal(("m/old", ScheduleChangeKind.Delete), (Single(plan).Id, Single(plan).Kind));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("another")]
    public void Plan_OfAScheduleMadeByOtherHands_LeavesItAlone(string? madeFor)
    {
        SchedulePlan plan = Plan(Quarterly, Ours("m/q", Quarterly) with { MadeFor = madeFor });

        Assert.Equal((true, ScheduleChangeKind.Foreign), (plan.HasWork, Single(plan).Kind));
    }

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(90, "90s")]
    [InlineData(900, "15m")]
    [InlineData(129600, "36h")]
    [InlineData(604800, "7d")]
    [InlineData(1.5, "1.5s")]
    public void Duration_AsItIsShown_IsAsModelYamlWritesIt(double seconds, string expected) =>
        Assert.Equal(expected, DurationNotation.Of(TimeSpan.FromSeconds(seconds)));

    private static SchedulePlan Plan(ScheduleSettings wanted, params FoundSchedule[] found) =>
        SchedulePlan.Of("m", new Dictionary<string, ScheduleSettings> { ["m/q"] = wanted }, found);

    private static ScheduleChange Single(SchedulePlan plan) => Assert.Single(plan.Changes);

    private static FoundSchedule Ours(string id, ScheduleSettings settings) => new(id, settings) { MadeFor = "m" };
}
