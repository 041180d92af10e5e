using Lifecycle.Domain.Promotions;
using Lifecycle.Domain.Tests.Drift;

namespace Lifecycle.Domain.Tests.Promotions;

/// <summary>Looks at version 2 of a model, promoted at the beginning of 2024.</summary>
internal static class SamplePromotions
{
    public static PromotionReport Look(params PromotionFigure[] figures) => new()
    {
        Model = "tracker-host",
        Channel = "production",
        Version = 2,
        ReleaseDigest = "b",
        PreviousVersion = 1,
        From = Windows.Start,
        To = Windows.Start.AddHours(1),
        RowCount = 1000,
        LabelledCount = 0,
        Figures = [.. figures],
    };

    public static PromotionFigure Figure(PromotionFigureKind kind, double effect, double lower, long rows = 1000) =>
        new(kind, Before: 0.1, Now: 0.2, effect, lower, rows);
}
