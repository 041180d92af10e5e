using System.Collections.Immutable;
using Lifecycle.Data.Predictions;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Serving.Models;
using Lifecycle.Watching;

namespace Lifecycle.EndToEnd.Tests.Watching;

/// <summary>What traffic must look like, for answers of every form.</summary>
public sealed class TrafficContractTests
{
    private const string Digest = "d";

    private static readonly InputSchema Schema = new([new() { Name = "weight", Type = InputType.Number }]);
    private static readonly Target.Multiclass Classes = new() { Classes = ["low", "middle", "high"] };

    [Fact]
    public void Check_LoggedAnswersThatTheModelGivesAgain_BreakNothing()
    {
        Assert.Empty(Check(new Target.Regression(), new(1, [12000.5f, 3f]), (12000.55f, []), (3.000001f, [])));
        Assert.Empty(Check(Classes, new(3, [0.2f, 0.7f, 0.1f]), (0.7f, [0.2f, 0.7f, 0.1f])));
    }

    [Fact]
    public void Check_AnotherNumber_IsSkewWithBoth()
    {
        ValidationFinding finding = Assert.Single(Check(new Target.Regression(), new(1, [12000.5f, 3f]), (12000.5f, []), (2.5f, [])));

        Assert.Equal(("skew", "50.0% of the requests, such as: request r1 was answered 2.5, the same model says 3"), (finding.Rule, finding.Found));
    }

    // The likeliest class is as likely; what the others are is skew too.
    [Fact]
    public void Check_AnotherProbabilityOfAnyClass_IsSkew()
    {
        ValidationFinding finding = Assert.Single(Check(Classes, new(3, [0.2f, 0.7f, 0.1f]), (0.7f, [0.1f, 0.7f, 0.2f])));

        Assert.Equal("100.0% of the requests, such as: request r0 was answered 0.1 | 0.7 | 0.2, the same model says 0.2 | 0.7 | 0.1", finding.Found);
    }

    [Fact]
    public void Check_OnlyTheLikeliestProbabilityLogged_IsHeldAgainstIt()
    {
        Assert.Empty(Check(Classes, new(3, [0.2f, 0.7f, 0.1f]), (0.7f, [])));
        Assert.Single(Check(Classes, new(3, [0.2f, 0.7f, 0.1f]), (0.6f, [])));
    }

    [Fact]
    public void Check_LoggedAnswerToWhatIsRefusedNow_IsSkewAndRefused()
    {
        AnsweredTraffic traffic = Traffic(new Target.Regression(), new(1, []), [(1f, [])]) with
        {
            Now = new ModelAnswers(new InputRows(Schema, [new InputValues.Numbers([])]), new Answers(1, []), ["column 'weight' is missing"]),
        };

        Assert.Equal(
            ["100.0% of the requests, such as: column 'weight' is missing", "100.0% of the requests, such as: request r0 was answered 1, the same model says nothing: column 'weight' is missing"],
            TrafficContract.Check(new(traffic.Logged, traffic.Target, traffic.Now), Digest, new()).Select(finding => finding.Found));
    }

    [Fact]
    public void Check_AnswersOfAnotherModel_SayNothing() => Assert.Empty(TrafficContract.Check(
        Traffic(new Target.Regression(), new(1, [3f]), [(2f, [])]), "another", new WatchDefinition()));

    private static ImmutableArray<ValidationFinding> Check(Target target, Answers now, params (float Prediction, float[] Answers)[] logged) =>
        TrafficContract.Check(Traffic(target, now, logged), Digest, new WatchDefinition());

    private static AnsweredTraffic Traffic(Target target, Answers now, (float Prediction, float[] Answers)[] logged) => new(
        [.. logged.Select((answer, row) => new LoggedRequest($"r{row}", DateTimeOffset.UnixEpoch, Digest, "{}", answer.Prediction, [.. answer.Answers], null, null, null))],
        target,
        new ModelAnswers(new InputRows(Schema, [new InputValues.Numbers([.. now.Values.Take(now.Count)])]), now, [.. logged.Select(_ => (string?)null)]));
}
