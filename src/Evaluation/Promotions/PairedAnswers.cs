using System.Collections.Immutable;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Evaluation.Promotions;

/// <summary>Requests that both Champions answer, in the order of the traffic.</summary>
/// <param name="Rows">The requests.</param>
/// <param name="Old">The old Champion's answers to them.</param>
/// <param name="New">The new Champion's.</param>
internal sealed record PairedAnswers(ImmutableArray<TrafficRow> Rows, Answers Old, Answers New)
{
    /// <summary>All requests that both answer.</summary>
    /// <exception cref="ArgumentException">They answer different questions.</exception>
    public static PairedAnswers Of(PromotionInput input)
    {
        (Target before, Target after) = (input.OldAnswers.Target, input.NewAnswers.Target);
        if (before.Answer != after.Answer || !before.ClassNames.SequenceEqual(after.ClassNames))
        {
            throw new ArgumentException($"the version before answers {before.Sentence}, this one {after.Sentence}");
        }

        List<(TrafficRow Row, int Old, int New)> both = [];
        (int old, int now) = (0, 0);
        for (int row = 0; row < input.Now.Length; row++)
        {
            (bool isOld, bool isNew) = (!input.OldAnswers.IsRefused[row], !input.NewAnswers.IsRefused[row]);
            if (isOld && isNew)
            {
                both.Add((input.Now[row], old, now));
            }

            (old, now) = (old + (isOld ? 1 : 0), now + (isNew ? 1 : 0));
        }

        return new PairedAnswers(
            [.. both.Select(pair => pair.Row)],
            input.OldAnswers.Answers.Take([.. both.Select(pair => pair.Old)]),
            input.NewAnswers.Answers.Take([.. both.Select(pair => pair.New)]));
    }

    /// <summary>Those for which a condition holds.</summary>
    public PairedAnswers Where(Func<int, bool> holds)
    {
        int[] kept = [.. Enumerable.Range(0, Rows.Length).Where(holds)];
        return new PairedAnswers([.. kept.Select(row => Rows[row])], Old.Take(kept), New.Take(kept));
    }

    /// <summary>Different inputs, each once.</summary>
    public PairedAnswers Distinct()
    {
        HashSet<string> met = new(StringComparer.Ordinal);
        return Where(row => met.Add(Rows[row].Input));
    }
}
