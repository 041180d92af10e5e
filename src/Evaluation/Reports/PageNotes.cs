using Lifecycle.Domain.Evaluation.Losses;

namespace Lifecycle.Evaluation.Reports;

/// <summary>Foot of the page: digests, and how figures are defined.</summary>
internal static class PageNotes
{
    private static readonly Dictionary<string, Html> OfFigures = new(StringComparer.Ordinal)
    {
        ["balancedLogLoss"] = Html.Of($"<strong>Balanced log loss</strong> is the mean of the classes’ mean log losses, in nats, whatever their shares; knowing nothing of two classes gives 0.693. Lower is better."),
        ["areaUnderCurve"] = Html.Of($"<strong>AUC</strong> is the chance that a row of class 1 scores above one of class 0; of several classes, the mean over each class against the rest."),
        ["averagePrecision"] = Html.Of($"<strong>Average precision</strong> is the precision over all thresholds, and depends on the label rate."),
        ["macroF1"] = Html.Of($"<strong>Macro F1</strong> is the mean over the classes of F1, the harmonic mean of precision and recall of the likeliest class; <strong>top two</strong> is the share of rows whose class is among the two likeliest."),
        ["brierScore"] = Html.Of($"<strong>Brier score</strong> is the mean squared distance of the probabilities from what happened."),
        ["calibrationError"] = Html.Of($"<strong>Calibration error</strong> is the mean distance of predicted and observed over bins of equal mass, after correction for the slice’s class shares."),
        ["precision"] = Html.Of($"<strong>Precision</strong> is the share of what is decided for that is of the class, <strong>recall</strong> the share of the class that is decided for, <strong>decided for</strong> the share of all rows."),
        ["costOfMistakes"] = Html.Of($"<strong>Cost of mistakes</strong> is the mean over all rows, those decided rightly at no cost."),
        ["explainedShare"] = Html.Of($"<strong>R²</strong> is the share of the labels’ variance that is explained; <strong>Spearman</strong> compares the order of predictions with that of labels."),
        ["ratioOfSums"] = Html.Of($"<strong>Ratio of sums</strong> is the sum of the predictions over that of the labels; <strong>error of sums of 100</strong> the mean distance of both over a hundred rows, as a share of what was seen."),
        ["zerosPredicted"] = Html.Of($"<strong>Zeros predicted</strong> are predictions below a millionth of the mean label’s size."),
    };

    public static Html Footer(PageContent content) => Html.Of($"""
        <footer>
        <h2>What was judged</h2>
        <dl class="digests">{Html.Join(content.Models.Select(model => Html.Of($"<div><dt>{model.Role}</dt><dd>{model.Metrics.ModelDigest}</dd></div>")))}</dl>
        <h2>How to read it</h2>
        <ul>
        {Html.Join(Notes(content).Select(note => Html.Of($"<li>{note}</li>\n")))}</ul>
        </footer>

        """);

    /// <summary>What a loss is, where nothing else is said of it.</summary>
    public static Html OfLoss(Loss loss) => OfFigures.TryGetValue(loss.Text, out Html note) ? note : Elicited(loss);

    private static Html Elicited(Loss loss) => Html.Of(
        $"The deciding loss is <strong>{loss.Title}</strong>: a model loses least by answering {loss.Elicits.Sentence}{(loss.IsBalanced ? " of classes that are all alike" : "")}.");

    private static IEnumerable<Html> Notes(PageContent content) =>
    [
        Html.Of($"{Elicited(content.Loss)}{Floor(content)}"),
        .. content.Report.Figures.Where(figure => OfFigures.ContainsKey(figure.Name)).Select(figure => OfFigures[figure.Name]),
        Html.Of($"<strong>Skill</strong> is the share of the other model’s loss that the challenger saves: 100% loses nothing, 0% as much, and below that more. One minus it is the scaled error, of absolute errors MASE with the other as the naive forecast."),
        .. Decision(content),
        .. Churn(content),
        Html.Of($"<strong>Clusters</strong> of rows that hang together are drawn as one in the bootstrap; the interval rests on their number, not on that of the rows."),
        Html.Of($"All figures are of the ONNX file that ships, not of the model as trained."),
    ];

    private static Html Floor(PageContent content) => content.Report.PredictionFloor is { } floor
        ? Html.Of($" Predictions below {floor:0.0e+0}, {DevianceLoss.FloorShare:0.0e+0} of the mean label, counted as that.")
        : new Html(string.Empty);

    private static IEnumerable<Html> Decision(PageContent content)
    {
        if (content.Report is { Decision: { } rule, Classes: [_, var positive] })
        {
            yield return rule.Costs is { } costs
                ? Html.Of($"<strong>Decisions</strong> are for class {positive} from a probability of {rule.From:0.0###} on: a wrong one for it costs {costs.FalsePositive:#,0.####}, one against it {costs.FalseNegative:#,0.####}. Reference and challenger decide alike; the champion as its file says.")
                : Html.Of($"<strong>Decisions</strong> are for class {positive} from a probability of {rule.From:0.0###} on.");
        }
    }

    private static IEnumerable<Html> Churn(PageContent content)
    {
        if (content.Report.Churn is { } churn)
        {
            yield return churn.DecisionsChanged is { } changed
                ? Html.Of($"95% of the answers differ from the champion’s by at most {churn.AnswerShift:0.000}; {(content.Report.Decision is null ? "the likeliest class" : "the decision")} changed on {changed:0.0%} of the rows.")
                : Html.Of($"95% of the answers differ from the champion’s by at most {churn.AnswerShift:#,0.###}{content.InUnit}.");
        }
    }
}
