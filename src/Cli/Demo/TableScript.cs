using System.Collections.Immutable;
using Lifecycle.Domain.Runs;

namespace Lifecycle.Cli.Demo;

/// <summary>One run of a table's story, and how it ends on these data; the gate is not asked to be kind.</summary>
/// <param name="Snapshot">The DataSnapshot.</param>
/// <param name="Promise">What is promised of it, in a sentence.</param>
/// <param name="Ending">The outcome that keeps the promise.</param>
public sealed record TableChapter(string Snapshot, string Promise, RetrainingOutcome Ending);

/// <summary>Two rows that differ in what matters, asked of the live model: the figure of the second is promised to be the larger.</summary>
/// <param name="Promise">The promise, in a sentence.</param>
/// <param name="Figure">Members of the answer's JSON that lead to the figure.</param>
/// <param name="Same">What both rows have, as <c>column=value</c>.</param>
/// <param name="First">What the first row has besides.</param>
/// <param name="Second">What the second row has besides.</param>
public sealed record TableQuestion(
    string Promise, ImmutableArray<string> Figure, ImmutableArray<string> Same, ImmutableArray<string> First, ImmutableArray<string> Second);

/// <summary>The script of a story about a model that reads a table.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Chapters">The runs, in order.</param>
/// <param name="Question">What the live model is asked in the end.</param>
public sealed record TableScript(string Model, ImmutableArray<TableChapter> Chapters, TableQuestion Question)
{
    /// <summary>A regression: a model of the first quarter is followed by one of the half-year, three million flights.</summary>
    public static TableScript Flights { get; } = new(
        "flight-delay",
        [
            new("2001-03", "one and a half million flights of the first quarter give the first champion", RetrainingOutcome.Promoted),
            new("2001-06", "three million flights of the half-year beat it on the last fortnight of June", RetrainingOutcome.Promoted),
        ],
        new(
            "the same flight is expected to be later where its airport's flights were late",
            ["value"],
            ["departed_at=2001-06-28T17:35:00", "origin=ORD", "destination=LGA", "distance=733", "origin_flights_3h=160"],
            ["origin_delay_3h=-4"],
            ["origin_delay_3h=55"]));

    /// <summary>Four classes: a model of 1995 is followed by one of 1997.</summary>
    public static TableScript Strikes { get; } = new(
        "bird-strike",
        [
            new("1995-Q3", "five years of reports give the first champion", RetrainingOutcome.Promoted),
            new("1997-Q1", "the challenger of 1997 is not worse, and takes its place", RetrainingOutcome.Promoted),
        ],
        new(
            "a large bird is likelier to do substantial damage than a small one",
            ["probabilities", "Substantial"],
            [
                "struck_on=1999-05-02T00:00:00", "airport=DALLAS/FORT WORTH INTL ARPT", "aircraft=MD-80", "operator=AMERICAN AIRLINES",
                "phase=Climb", "time_of_day=Day", "speed=180",
            ],
            ["wildlife_size=Small", "species=Unknown bird - small"],
            ["wildlife_size=Large", "species=Canada goose"]));
}
