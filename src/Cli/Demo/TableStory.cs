using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Hosting;

namespace Lifecycle.Cli.Demo;

/// <summary>
/// A story about a model that reads a table: a Champion of early rows, a Challenger judged against it on newer ones, a Publication
/// verified by another process, and two rows answered by the live model, asked by a process of its own.
/// </summary>
/// <param name="stack">The running services.</param>
/// <param name="options">How they were started.</param>
/// <param name="script">What is played.</param>
/// <param name="tell">Told each line of progress.</param>
public sealed class TableStory(ServiceStack stack, StackOptions options, TableScript script, Action<string> tell)
{
    private readonly List<DemoRun> runs = [];
    private readonly List<Expectation> expectations = [];
    private readonly DemoRunner runner = new(stack, options, tell);

    /// <summary>Plays the story. Every promise is checked; one that does not hold does not stop the ones after it.</summary>
    public async Task<DemoSummary> PlayAsync(bool isHomeKept, CancellationToken cancellation)
    {
        Stopwatch clock = Stopwatch.StartNew();
        foreach (TableChapter chapter in script.Chapters)
        {
            DemoRun run = await runner.RunAsync(script.Model, chapter.Snapshot, cancellation);
            runs.Add(run);
            Expect(chapter.Promise, run.State.Outcome == chapter.Ending, run.State.Reason);
        }

        await PublicationCheck.RunAsync(options.Home, runs.FindLast(run => run.PublicationFolder is not null) ?? runs[^1], Expect, tell, cancellation);
        await AskAsync(script.Question, cancellation);
        return new DemoSummary(stack.Engine.Description, options.Home.Root, isHomeKept, runs, [], expectations, clock.Elapsed);
    }

    private async Task AskAsync(TableQuestion question, CancellationToken cancellation)
    {
        tell("asking the live model in a process of its own");
        (double? first, string said) = await AnswerAsync(question, question.First, cancellation);
        (double? second, string saidThen) = await AnswerAsync(question, question.Second, cancellation);
        Expect(
            question.Promise,
            second > first,
            $"{string.Join(", ", question.First)}: {said}; {string.Join(", ", question.Second)}: {saidThen}");
    }

    private async Task<(double? Figure, string Said)> AnswerAsync(TableQuestion question, IEnumerable<string> row, CancellationToken cancellation)
    {
        SeparateRun run = await SeparateRun.RunAsync(
            options.Home, ["predict", script.Model, .. question.Same, .. row, "--blob", stack.BlobConnectionString, "--json"], cancellation);
        if (run.ExitCode != ExitCodes.Success)
        {
            return (null, run.LastLine);
        }

        using JsonDocument document = JsonDocument.Parse(run.Results);
        JsonElement answer = document.RootElement[0];
        foreach (string member in question.Figure)
        {
            if (!answer.TryGetProperty(member, out answer))
            {
                return (null, run.Results.ReplaceLineEndings(" "));
            }
        }

        double figure = answer.GetDouble();
        return (figure, string.Create(CultureInfo.InvariantCulture, $"{question.Figure[^1]} {figure:0.###}"));
    }

    private void Expect(string promise, bool held, string evidence)
    {
        expectations.Add(new Expectation(promise, held, evidence));
        tell($"{(held ? "held" : "BROKEN")}: {promise}: {evidence}");
    }
}
