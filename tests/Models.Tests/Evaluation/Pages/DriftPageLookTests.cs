using Lifecycle.Evaluation.Reports.Drift;
using Lifecycle.Models.Tests.Evaluation.Drift;

namespace Lifecycle.Models.Tests.Evaluation.Pages;

/// <summary>The drift page as an installed Chromium shows it. Set <c>LIFECYCLE_PICTURES</c> to a folder to keep the pictures.</summary>
public sealed class DriftPageLookTests
{
    public static TheoryData<string, string, int> Looks() => new(
        from page in new[] { "drift-report", "drift-report-quiet", "drift-report-broken" }
        from scheme in new[] { "light", "dark" }
        from width in new[] { 1280, 390 }
        select (page, scheme, width));

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Page_InABrowser_FitsIsLegibleAndShowsEveryPicture(string page, string scheme, int width)
    {
        string? browser = PageLook.FindBrowser();
        Assert.SkipWhen(browser is null, "Chromium was not found");

        PageLook look = await PageLook.AtAsync(browser!, Page(page), page, scheme, width);

        Assert.Equal(0, look.Overflow);
        Assert.Empty(look.SticksOut);
        Assert.True(look.Texts > 60, $"{look.Texts} texts");
        Assert.Empty(look.Faint);
        Assert.NotEmpty(look.Pictures);
        Assert.All(look.Pictures, picture =>
        {
            Assert.Equal(0, picture.Outside);
            Assert.InRange(picture.Width, 250, width);
            Assert.InRange(picture.Height, 100, 900);
            Assert.All(look.Swatches, swatch => Assert.True(picture.Fills.GetValueOrDefault(swatch) >= 2, $"{picture.Label} has no bars in {swatch}"));
        });
    }

    private static string Page(string name) => name switch
    {
        "drift-report" => DriftPage.Render(DriftDocuments.Drifted, DriftDocuments.Retrain),
        "drift-report-quiet" => DriftPage.Render(DriftDocuments.Quiet, decision: null),
        _ => DriftPage.Render(DriftDocuments.Broken, decision: null),
    };
}
