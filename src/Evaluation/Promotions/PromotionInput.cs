using System.Collections.Immutable;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Evaluation.Promotions;

/// <summary>What two Champions are compared by.</summary>
public sealed record PromotionInput
{
    /// <summary>The loss that they are compared by, as its mean over rows: see <see cref="LossFor"/>.</summary>
    public required Loss Loss { get; init; }

    /// <summary>Requests that the new Champion answered since its promotion.</summary>
    public required ImmutableArray<TrafficRow> Now { get; init; }

    /// <summary>Requests that the old Champion answered in its last period.</summary>
    public required ImmutableArray<TrafficRow> Before { get; init; }

    /// <summary>The new Champion's answers to <see cref="Now"/>, computed again.</summary>
    public required ChampionAnswers NewAnswers { get; init; }

    /// <summary>The old Champion's answers to the same inputs.</summary>
    public required ChampionAnswers OldAnswers { get; init; }

    /// <summary>Level of each figure.</summary>
    public required double Level { get; init; }

    /// <summary>The loss that Champions are compared by where this one decides: rows of both are the same, so classes need no balance.</summary>
    public static Loss LossFor(Loss deciding) => deciding is LogLoss { IsBalanced: true } ? new LogLoss(isBalanced: false) : deciding;
}

/// <summary>A Champion's answers to requests, of which it may refuse some.</summary>
/// <param name="Target">What it predicts.</param>
/// <param name="Answers">Its answers to those that it does not refuse, in their order.</param>
/// <param name="IsRefused">For every request whether it is refused.</param>
public sealed record ChampionAnswers(Target Target, Answers Answers, ImmutableArray<bool> IsRefused);
