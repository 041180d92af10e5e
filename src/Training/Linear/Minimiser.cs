namespace Lifecycle.Training.Linear;

/// <summary>
/// Finds the lowest point of a smooth convex function: limited-memory BFGS (Nocedal 1980; Liu and Nocedal 1989) from the origin, with steps
/// halved until the function falls enough (Armijo 1966).
/// </summary>
internal static class Minimiser
{
    private const int Remembered = 10;
    private const int MaximumHalvings = 40;
    private const double EnoughFall = 1e-4;
    private const double Flat = 1e-7;

    /// <summary>The function's value at a point, with its slopes there.</summary>
    public delegate double Function(ReadOnlySpan<double> point, Span<double> slopes);

    /// <summary>The lowest point, as far as slopes near zero, doubles or the number of steps tell.</summary>
    /// <param name="function">The function, scaled so that its second derivatives are near 1.</param>
    /// <param name="length">Numbers of a point.</param>
    /// <param name="steps">Steps at most.</param>
    /// <param name="told">Called after each step with its number and the value that it reached.</param>
    public static double[] Minimise(Function function, int length, int steps, Action<int, double> told)
    {
        double[] point = new double[length];
        double[] slopes = new double[length];
        double value = function(point, slopes);
        Queue<Bend> bends = new();
        for (int step = 1; step <= steps && slopes.Any(slope => Math.Abs(slope) > Flat); step++)
        {
            double[] direction = Direction(slopes, bends);
            double[] next = new double[length];
            double[] nextSlopes = new double[length];
            if (Search(function, point, value, direction, Dot(direction, slopes), next, nextSlopes) is not { } lower)
            {
                break;
            }

            double[] moved = Difference(next, point);
            double[] turned = Difference(nextSlopes, slopes);
            if (Dot(moved, turned) is > 0 and double curvature)
            {
                bends.Enqueue(new Bend(moved, turned, curvature));
                if (bends.Count > Remembered)
                {
                    bends.Dequeue();
                }
            }

            (point, slopes, value) = (next, nextSlopes, lower);
            told(step, value);
        }

        return point;
    }

    private static double? Search(Function function, double[] from, double value, double[] direction, double fall, double[] next, double[] nextSlopes)
    {
        double stride = 1;
        for (int halvings = 0; halvings < MaximumHalvings; halvings++, stride /= 2)
        {
            for (int i = 0; i < next.Length; i++)
            {
                next[i] = from[i] + (stride * direction[i]);
            }

            double lower = function(next, nextSlopes);
            if (lower <= value + (EnoughFall * stride * fall) && lower < value)
            {
                return lower;
            }
        }

        return null;
    }

    // The two loops: the slopes, bent by what the last steps have shown of the second derivatives.
    private static double[] Direction(double[] slopes, Queue<Bend> bends)
    {
        double[] direction = [.. slopes.Select(slope => -slope)];
        Bend[] oldest = [.. bends];
        double[] shares = new double[oldest.Length];
        for (int i = oldest.Length - 1; i >= 0; i--)
        {
            shares[i] = Dot(oldest[i].Moved, direction) / oldest[i].Curvature;
            Add(direction, -shares[i], oldest[i].Turned);
        }

        if (oldest is [.., var newest])
        {
            double inverse = newest.Curvature / Dot(newest.Turned, newest.Turned);
            foreach (ref double number in direction.AsSpan())
            {
                number *= inverse;
            }
        }

        for (int i = 0; i < oldest.Length; i++)
        {
            Add(direction, shares[i] - (Dot(oldest[i].Turned, direction) / oldest[i].Curvature), oldest[i].Moved);
        }

        return direction;
    }

    private static double[] Difference(double[] of, double[] from) => [.. of.Zip(from, (one, other) => one - other)];

    private static void Add(double[] to, double factor, double[] summand)
    {
        for (int i = 0; i < to.Length; i++)
        {
            to[i] += factor * summand[i];
        }
    }

    private static double Dot(double[] one, double[] other)
    {
        double sum = 0;
        for (int i = 0; i < one.Length; i++)
        {
            sum += one[i] * other[i];
        }

        return sum;
    }

    private sealed record Bend(double[] Moved, double[] Turned, double Curvature);
}
