using System.Collections.Immutable;
using System.Globalization;

namespace Lifecycle.Evaluation.Reports;

/// <summary>A mark on an axis.</summary>
/// <param name="At">Where, in the axis's own units.</param>
/// <param name="Text">What stands there.</param>
internal readonly record struct ChartTick(double At, string Text);

/// <summary>An axis.</summary>
/// <param name="Title">Its title; empty leaves it out.</param>
/// <param name="From">Its lowest value.</param>
/// <param name="To">Its highest value.</param>
/// <param name="Ticks">Its marks.</param>
internal sealed record ChartAxis(string Title, double From, double To, ImmutableArray<ChartTick> Ticks)
{
    private const int MostSteps = 6;

    /// <summary>An axis round these values, from and to round numbers.</summary>
    public static ChartAxis Over(string title, IEnumerable<double> values, string format = "#,0.######")
    {
        (double lowest, double highest) = values.Aggregate((double.PositiveInfinity, double.NegativeInfinity), (found, value) => (Math.Min(found.Item1, value), Math.Max(found.Item2, value)));
        double width = highest > lowest ? highest - lowest : Math.Max(1, Math.Abs(highest));
        double power = Math.Pow(10, Math.Floor(Math.Log10(width / MostSteps)));
        double step = power * new[] { 1.0, 2, 5, 10 }.First(size => width / (size * power) <= MostSteps);
        long first = (long)Math.Floor(lowest / step);
        long last = Math.Max(first + 1, (long)Math.Ceiling(highest / step));
        return new ChartAxis(title, first * step, last * step, [.. Enumerable.Range(0, (int)(last - first) + 1)
            .Select(i => (double)((decimal)step * (first + i)))
            .Select(at => new ChartTick(at, at.ToString(format, CultureInfo.InvariantCulture)))]);
    }
}

/// <summary>Size, margins and axes of a chart, in pixels of its view box; places the words round the drawing.</summary>
internal sealed record ChartFrame
{
    public required ChartAxis Horizontal { get; init; }

    public required ChartAxis Vertical { get; init; }

    public int Width { get; init; } = 440;

    public int Height { get; init; } = 380;

    public int Left { get; init; } = 52;

    public int Right { get; init; } = 22;

    public int Top { get; init; } = 14;

    public int Bottom { get; init; } = 52;

    /// <summary>Whether lines of the grid rise from the ticks of the horizontal axis.</summary>
    public bool HasVerticalLines { get; init; } = true;

    /// <summary>Whether lines of the grid go out from the ticks of the vertical axis.</summary>
    public bool HasHorizontalLines { get; init; } = true;

    /// <summary>Whether words below the drawing stand aslant, for want of room.</summary>
    public bool IsSlanted { get; init; }

    /// <summary>Two shares against each other.</summary>
    public static ChartFrame UnitSquare(string horizontal, string vertical) =>
        new() { Horizontal = new ChartAxis(horizontal, 0, 1, Fifths), Vertical = new ChartAxis(vertical, 0, 1, Fifths) };

    private static ImmutableArray<ChartTick> Fifths { get; } =
        [.. Enumerable.Range(0, 6).Select(fifth => new ChartTick(fifth / 5.0, string.Create(CultureInfo.InvariantCulture, $"{fifth / 5.0:0%}")))];

    private int Base => Height - Bottom;

    /// <summary>Pixels from the left of a place on the horizontal axis.</summary>
    public double X(double at) => Left + ((at - Horizontal.From) / (Horizontal.To - Horizontal.From) * (Width - Left - Right));

    /// <summary>Pixels from the top of a place on the vertical axis.</summary>
    public double Y(double at) => Base - ((at - Vertical.From) / (Vertical.To - Vertical.From) * (Base - Top));

    /// <summary>The word of a tick of the horizontal axis.</summary>
    public Html Below(ChartTick tick)
    {
        double x = X(tick.At);
        return IsSlanted
            ? Html.Of($"""
            <text class="tick" text-anchor="end" transform="translate({x + 4:0.#} {Base + 14}) rotate(-35)">{tick.Text}</text>

            """)
            : Html.Of($"""
            <text class="tick" text-anchor="middle" x="{x:0.#}" y="{Base + 18}">{tick.Text}</text>

            """);
    }

    /// <summary>The word of a tick of the vertical axis.</summary>
    public Html Beside(ChartTick tick)
    {
        double y = Y(tick.At) + 4;
        return Html.Of($"""
            <text class="tick" text-anchor="end" x="{Left - 8}" y="{y:0.#}">{tick.Text}</text>

            """);
    }

    /// <summary>The titles of the axes.</summary>
    public Html Titles() => Html.Of($"{HorizontalTitle()}{VerticalTitle()}");

    private Html HorizontalTitle() => Horizontal.Title.Length == 0
        ? new Html(string.Empty)
        : Html.Of($"""
            <text class="axis" text-anchor="middle" x="{(Left + Width - Right) / 2}" y="{Height - 10}">{Horizontal.Title}</text>

            """);

    private Html VerticalTitle() => Vertical.Title.Length == 0
        ? new Html(string.Empty)
        : Html.Of($"""
            <text class="axis" text-anchor="middle" transform="translate(14 {(Top + Base) / 2}) rotate(-90)">{Vertical.Title}</text>

            """);
}
