using System.Collections.Immutable;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Training;
using Lifecycle.Evaluation.Curves;

namespace Lifecycle.Evaluation.Reports;

/// <summary>A ReferenceModel as a page for release engineers: that it was not measured, what was measured instead, and its rules.</summary>
public static class ColdStartPage
{
    /// <summary>Renders the page as HTML.</summary>
    /// <param name="report">The measurements; <see cref="EvaluationReport.Unmeasured"/> is set.</param>
    /// <param name="blessing">The gate's verdict.</param>
    /// <param name="subject">Names of the model and of what stands for its snapshot.</param>
    /// <param name="start">The rules.</param>
    public static string Render(EvaluationReport report, Blessing blessing, EvaluationSubject subject, ColdStartDefinition start)
    {
        EvaluationCurves none = new()
        {
            Challenger = ImmutableSortedDictionary<string, SliceCurves>.Empty, Reference = ImmutableSortedDictionary<string, SliceCurves>.Empty,
        };
        PageContent content = PageContent.Of(report, blessing, subject, none);
        return SelfContainedPage.Of($"{subject.Model} · cold start", "EvaluationPage.css", Html.Of($"""
            {Header(report, blessing, subject)}
            {PageVerdict.Reasons(content)}
            {Rules(start)}
            """));
    }

    private static Html Header(EvaluationReport report, Blessing blessing, EvaluationSubject subject) => Html.Of($"""
        <header class="{(blessing.Verdict == BlessingVerdict.Refused ? "bad" : "caution")}">
        <div class="title">
        <p class="kind">Cold start</p>
        <h1>{subject.Model}</h1>
        <p>Reference model: {report.Reference.ModelDigest}</p>
        </div>
        <div class="verdict"><p class="word">{blessing.Verdict.ToString()}: not measured</p><p>{report.Unmeasured ?? ""}</p></div>
        </header>

        """);

    private static Html Rules(ColdStartDefinition start) => Html.Of($"""
        <section>
        <h2>Rules</h2>
        <p class="lead">What the lookup does not know is answered by the first rule that fits, else by {start.Otherwise:0.####}.</p>
        <table class="metrics">
        <caption>The first that fits answers</caption>
        <thead><tr><th scope="col">Text</th><th scope="col">Probability</th></tr></thead>
        <tbody>
        {Html.Join(start.Rules.Select(Rule))}
        </tbody>
        </table>
        </section>

        """);

    private static Html Rule(TextRule rule) => Html.Of($"""
        <tr><th scope="row">{Asked(rule)}</th><td data-label="Probability">{rule.Probability:0.####}</td></tr>

        """);

    private static string Asked(TextRule rule) => rule switch
    {
        { Is: { } whole } => $"is {whole}",
        { StartsWith: { } start } => $"starts with {start}",
        { EndsWith: { } end } => $"ends with {end}",
        _ => $"contains {rule.Contains}",
    };
}
