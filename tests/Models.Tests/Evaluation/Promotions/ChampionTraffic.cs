using System.Collections.Immutable;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Domain.Promotions;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Evaluation.Promotions;

namespace Lifecycle.Models.Tests.Evaluation.Promotions;

/// <summary>
/// GENERATED traffic (seeded) of two Champions. Both know the truth of an input as well as their noise lets them; inputs repeat,
/// as those of a client do that asks the same again.
/// </summary>
internal sealed record ChampionTraffic
{
    public int Seed { get; init; }

    public int Rows { get; init; } = 2000;

    /// <summary>How far each Champion's log odds are from the truth.</summary>
    public double OldNoise { get; init; } = 1;

    public double NewNoise { get; init; } = 1;

    /// <summary>Added to the new Champion's log odds.</summary>
    public double NewOffset { get; init; }

    /// <summary>Share of inputs that each refuses.</summary>
    public double OldRefusals { get; init; } = 0.01;

    public double NewRefusals { get; init; } = 0.01;

    /// <summary>Multiple of the old latency.</summary>
    public double Slowdown { get; init; } = 1;

    public bool IsLabelled { get; init; } = true;

    public double Level { get; init; } = new PromotionWatchPolicy().LookLevel();

    public PromotionReport Judge(PromotionWatchPolicy? policy = null) => PromotionRules.Judge(
        new()
        {
            Model = "generated",
            Channel = "production",
            Version = 2,
            ReleaseDigest = "b",
            PreviousVersion = 1,
            From = DateTimeOffset.UnixEpoch,
            To = DateTimeOffset.UnixEpoch.AddHours(1),
            RowCount = Rows,
            LabelledCount = IsLabelled ? Rows : 0,
            Figures = Compare(),
        },
        policy ?? new PromotionWatchPolicy());

    public ImmutableArray<PromotionFigure> Compare() => PromotionComparer.Compare(Input());

    public PromotionInput Input()
    {
        Random random = new(Seed);
        var asked = Enumerable.Range(0, Rows / 2).Select(id => Ask(random, id)).ToArray();
        var now = Enumerable.Range(0, Rows).Select(_ => asked[random.Next(asked.Length)]).ToArray();
        return new PromotionInput
        {
            Now = [.. now.Select(one => new TrafficRow(one.Input, one.New is null, Latency(random, Slowdown), IsLabelled ? one.Label ? 1 : 0 : null))],
            Before = [.. Enumerable.Range(0, Rows).Select(id => new TrafficRow($"before {id}", false, Latency(random, 1), null))],
            Loss = PromotionInput.LossFor(new LogLoss(isBalanced: true)),
            OldAnswers = Answered(now.Select(one => one.Old)),
            NewAnswers = Answered(now.Select(one => one.New)),
            Level = Level,
        };
    }

    /// <summary>Answers of a Champion; null where it refuses.</summary>
    public static ChampionAnswers Answered(IEnumerable<float?> scores) =>
        new(new Target.Binary(), new Answers(1, [.. scores.OfType<float>()]), [.. scores.Select(score => score is null)]);

    private (string Input, float? Old, float? New, bool Label) Ask(Random random, int id)
    {
        double truth = 2 * Normal(random);
        bool label = random.NextDouble() < 1 / (1 + Math.Exp(-truth));
        float? old = random.NextDouble() < OldRefusals ? null : Score(truth + (OldNoise * Normal(random)));
        float? now = random.NextDouble() < NewRefusals ? null : Score(truth + (NewNoise * Normal(random)) + NewOffset);
        return ($"input {id}", old, now, label);
    }

    private static float Score(double odds) => (float)(1 / (1 + Math.Exp(-odds)));

    private static float Latency(Random random, double slowdown) => (float)(slowdown * 100 * Math.Exp(0.5 * Normal(random)));

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
