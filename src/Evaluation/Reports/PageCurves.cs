using Lifecycle.Evaluation.Curves;

namespace Lifecycle.Evaluation.Reports;

/// <summary>Pictures of the deciding slice and of the whole Holdout: whatever of them the target has.</summary>
internal static class PageCurves
{
    public static Html Section(PageContent content) => Html.Of($"""
        <section>
        <h2>Curves</h2>
        <p class="legend">{Html.Join(content.Models.Select(Swatch))}</p>
        {Html.Join(content.Slices.Take(content.Subject.PrimarySlice == "all" ? 1 : 2).Select((slice, number) => Slice(content, slice, number)))}
        </section>

        """);

    private static Html Swatch(PageModel model) => Html.Of($"""<span><i style="background:{model.Color.Variable}"></i>{model.Role}</span>""");

    private static Html Slice(PageContent content, string slice, int number) =>
        content.Models.Any(model => model.Curves.ContainsKey(slice))
            ? Html.Of($"""
                <h3>Slice “{slice}”</h3>
                {Confusion(content, slice)}{Classes(content, slice)}
                <div class="charts">
                {Html.Join(Figures(content, slice, number).Select(figure => Html.Of($"<figure>{figure}</figure>\n")))}</div>

                """)
            : Html.Of($"""
                <h3>Slice “{slice}”</h3>
                <p>It holds one class only: there is nothing to rank or to calibrate.</p>

                """);

    private static IEnumerable<Html> Figures(PageContent content, string slice, int number)
    {
        bool Has(Func<SliceCurves, bool> part) => content.Models.Any(model => model.Curves.TryGetValue(slice, out SliceCurves? curves) && part(curves));

        bool isNumber = content.Report.Classes.IsEmpty;
        if (Has(curves => !curves.Calibration.IsEmpty))
        {
            yield return isNumber ? NumberPictures.Calibration(content, slice, $"calibration-{number}") : ClassPictures.Calibration(content, slice, $"calibration-{number}");
        }

        if (Has(curves => !curves.Gain.IsEmpty))
        {
            yield return ClassPictures.Gain(content, slice, $"gain-{number}");
        }

        foreach ((int position, string name) in content.Report.Classes.Index().Where(named => Has(curves => curves.Classes.Any(found => found.Class == named.Item))))
        {
            yield return ClassPictures.CalibrationOf(content, slice, name, $"calibration-{number}-{position}");
        }

        if (content.Models[0].Curves.GetValueOrDefault(slice) is { Hexagons.IsEmpty: false } challenger)
        {
            yield return NumberPictures.Hexagons(content, challenger, slice, $"pairs-{number}");
            yield return NumberPictures.Residuals(content, challenger, slice, $"residuals-{number}");
        }

        if (Has(curves => !curves.Sums.IsEmpty))
        {
            yield return NumberPictures.Sums(content, slice, $"sums-{number}");
        }
    }

    private static Html Classes(PageContent content, string slice) => content.Models.Any(model => model.Curves.GetValueOrDefault(slice) is { ByClass.IsEmpty: false })
        ? ClassTable.Of(content, slice)
        : new Html(string.Empty);

    private static Html Confusion(PageContent content, string slice) => content.Models[0].Curves.GetValueOrDefault(slice) is { Confusion: { IsEmpty: false } weights }
        ? ConfusionTable.Of(content.Report.Classes, weights)
        : new Html(string.Empty);
}
