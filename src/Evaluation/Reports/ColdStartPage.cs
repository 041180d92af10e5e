using System.Collections.Immutable;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.References;
using Lifecycle.Domain.Schemas;
using Lifecycle.Evaluation.Curves;

namespace Lifecycle.Evaluation.Reports;

/// <summary>A ReferenceModel as a page for release engineers: that it was not measured, what was measured instead, and its rules.</summary>
public static class ColdStartPage
{
    /// <summary>Renders the page as HTML.</summary>
    /// <param name="report">The measurements; <see cref="EvaluationReport.Unmeasured"/> is set.</param>
    /// <param name="blessing">The gate's verdict.</param>
    /// <param name="subject">Names of the model and of what stands for its snapshot.</param>
    /// <param name="reference">What it answers.</param>
    /// <param name="schema">The model's inputs.</param>
    public static string Render(EvaluationReport report, Blessing blessing, EvaluationSubject subject, FittedReference reference, InputSchema schema)
    {
        EvaluationCurves none = new()
        {
            Challenger = ImmutableSortedDictionary<string, SliceCurves>.Empty, Reference = ImmutableSortedDictionary<string, SliceCurves>.Empty,
        };
        PageContent content = PageContent.Of(report, blessing, subject, none);
        return SelfContainedPage.Of($"{subject.Model} · cold start", "EvaluationPage.css", Html.Of($"""
            {Header(report, blessing, subject)}
            {PageVerdict.Reasons(content)}
            {Rules(reference, schema)}
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

    private static Html Rules(FittedReference reference, InputSchema schema) => Html.Of($"""
        <section>
        <h2>Rules</h2>
        <p class="lead">{Order(reference)}</p>
        <table class="metrics">
        <caption>The first that fits answers</caption>
        <thead><tr><th scope="col">{(schema.OnlyText is null ? "Row" : "Text")}</th><th scope="col">{Noun(reference.Target)}</th></tr></thead>
        <tbody>
        {Html.Join(reference.Rules.Select(rule => Row(rule, reference.Target, schema)))}
        </tbody>
        </table>
        </section>

        """);

    private static string Order(FittedReference reference) =>
        $"What the lookup does not know is answered by the first rule that fits, else by {(reference.Groups.IsEmpty ? "" : $"{reference.Groups.Sum(group => group.Rows.Length)} groups of training rows ({reference.Statistic}), and what was in none of them by ")}{StatedAnswer.Told(reference.Target, reference.Otherwise)}.";

    private static string Noun(Target target) => target.Answer switch
    {
        AnswerForm.Probability => "Probability",
        AnswerForm.Probabilities => "Shares",
        _ => "Value",
    };

    private static Html Row(ReferenceRule rule, Target target, InputSchema schema) => Html.Of($"""
        <tr><th scope="row">{rule.Told(schema)}</th><td data-label="{Noun(target)}">{StatedAnswer.Told(target, rule.Answer.For(target))}</td></tr>

        """);
}
