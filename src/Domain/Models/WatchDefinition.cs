using System.Collections.Immutable;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Promotions;

namespace Lifecycle.Domain.Models;

/// <summary>How a model's traffic is watched, section <c>watch</c> of a model definition.</summary>
public sealed record WatchDefinition
{
    /// <summary>Length of a window; windows follow each other without gaps, counted from 1970-01-01T00:00Z.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromDays(1);

    /// <summary>
    /// Requests that a window has at least, for windows by rows instead of time: such a window ends before the first moment
    /// at which it would have enough. Null cuts windows by time.
    /// </summary>
    public long? WindowRows { get; init; }

    /// <summary>How long after its end a window waits for rows that are known late.</summary>
    public TimeSpan Lateness { get; init; } = TimeSpan.Zero;

    /// <summary>
    /// How long after the event a label may come and still count. A window's labelled loss is measured on the labels that
    /// became known while it was the current one, whenever their events were: each label counts once, as soon as it can.
    /// </summary>
    public TimeSpan LabelDelay { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Share of inputs that the model may refuse before the window counts as broken.</summary>
    public double MaximumRefusedShare { get; init; } = 0.05;

    /// <summary>Share of logged predictions that may differ from the same model's answer now (training and serving skew).</summary>
    public double MaximumSkewShare { get; init; } = 0.001;

    /// <summary>Whether the key seen in training tells anything: where every row is new by nature, it does not. The key where callers send it, else all inputs together.</summary>
    public bool WatchSeenKeys { get; init; }

    /// <summary>
    /// Parts of the traffic whose labelled loss is judged on its own: a name, and a boolean SQL expression over the inputs as the model
    /// reads them, such as <c>origin = 'JFK' AND distance > 500</c>; one text is called <c>input</c>, as in <c>input LIKE '%.com'</c>. None by default.
    /// </summary>
    public ImmutableSortedDictionary<string, string> ProtectedSlices { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>When what was measured leads to what.</summary>
    public DriftPolicy Policy { get; init; } = new();

    /// <summary>How a new Champion is watched against the one before.</summary>
    public PromotionWatchPolicy AfterPromotion { get; init; } = new();
}
