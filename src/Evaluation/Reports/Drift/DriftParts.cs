using Lifecycle.Domain.Drift;

namespace Lifecycle.Evaluation.Reports.Drift;

/// <summary>Other rows or other answers: the labelled change of the loss split in two, and the strata behind it.</summary>
internal static class DriftParts
{
    public static Html Section(LossDecomposition? parts, bool isBalanced) => parts is null
        ? new Html(string.Empty)
        : Html.Of($"""
            <section>
            <h2>Other rows, or other answers?</h2>
            <p class="lead">{Sentence(parts)} The two parts add up to the change of the labelled loss.</p>
            <table class="parts">
            <tbody>
            {Part("Mix", "other rows: covariate shift", parts.Mix, Largest(parts))}
            {Part("Concept", "other answers to like rows: concept drift", parts.Concept, Largest(parts))}
            {Part("Together", "the change of the loss", parts.Mix + parts.Concept, Largest(parts))}
            </tbody>
            </table>
            <table class="strata">
            <caption>By stratum{(isBalanced ? ", each class counting the same" : "")}</caption>
            <thead><tr><th scope="col">Stratum</th><th scope="col">Share, holdout → window</th><th scope="col">Loss, holdout → window</th><th scope="col">Concept part</th></tr></thead>
            <tbody>
            {Html.Join(parts.Strata.Select(Stratum))}
            </tbody>
            </table>
            </section>

            """);

    private static string Sentence(LossDecomposition parts) => (Math.Abs(parts.Mix), Math.Abs(parts.Concept)) switch
    {
        var (mix, concept) when concept > 2 * mix => "Most of the change comes from other answers to like rows (concept drift): new labels have to be learnt.",
        var (mix, concept) when mix > 2 * concept => "Most of the change comes from other rows (covariate shift): the answers to like rows are as they were.",
        _ => "Other rows (covariate shift) and other answers to like rows (concept drift) both take part.",
    };

    private static double Largest(LossDecomposition parts) =>
        Math.Max(1e-9, new[] { parts.Mix, parts.Concept, parts.Mix + parts.Concept }.Max(Math.Abs));

    private static Html Part(string name, string meaning, double value, double largest)
    {
        double width = 46 * Math.Abs(value) / largest;
        return Html.Of($"""
            <tr>
            <th scope="row">{name}<small>{meaning}</small></th>
            <td class="drawn"><div class="scale"><i class="zero" style="left:50%"></i><i class="bar {(value > 0 ? "worse" : "better")}" style="left:{(value > 0 ? 50 : 50 - width):0.##}%;width:{width:0.##}%"></i></div></td>
            <td data-label="{name}"><b>{Signed(value)}</b></td>
            </tr>

            """);
    }

    private static Html Stratum(LossStratum stratum) => Html.Of($"""
        <tr>
        <th scope="row">{stratum.Name}</th>
        <td data-label="Share">{DriftWords.Share(stratum.BaselineShare)} → {DriftWords.Share(stratum.WindowShare)}</td>
        <td data-label="Loss">{stratum.BaselineLoss:0.0000} → {stratum.WindowLoss:0.0000}</td>
        <td data-label="Concept part">{Signed(stratum.WindowShare * (stratum.WindowLoss - stratum.BaselineLoss))}</td>
        </tr>

        """);

    private static Html Signed(double value) => Html.Of($"{value:+0.0000;−0.0000;0.0000}");
}
