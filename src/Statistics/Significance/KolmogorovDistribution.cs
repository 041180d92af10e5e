using MathNet.Numerics.LinearAlgebra;

namespace Lifecycle.Statistics.Significance;

/// <summary>Distribution of the largest gap between an empirical and a continuous distribution function (Kolmogorov 1933).</summary>
public static class KolmogorovDistribution
{
    private const int LargestExactSize = 100;

    /// <summary>Chance that √n times the gap is larger than <paramref name="x"/>, for infinitely many values.</summary>
    public static double Tail(double x) => x switch
    {
        <= 0 => 1,
        < 1 => 1 - (Math.Sqrt(2 * Math.PI) / x * Sum(k => Math.Exp(-Square(((2 * k) - 1) * Math.PI / x) / 8))),
        _ => 2 * Sum(k => (k % 2 == 1 ? 1 : -1) * Math.Exp(-2 * Square(k * x))),
    };

    /// <summary>The x with <see cref="Tail(double)"/> equal to <paramref name="chance"/>.</summary>
    public static double Quantile(double chance)
    {
        double low = 0;
        double high = 10;
        for (int i = 0; i < 100; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Tail(middle) > chance ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    /// <summary>
    /// Chance that the gap of <paramref name="size"/> values is larger than <paramref name="gap"/>: exact up to 100 values
    /// (Marsaglia, Tsang and Wang 2003), beyond by the limit with Vrbik's correction (2018), within 2e-4 and closer the more values.
    /// </summary>
    public static double Tail(double gap, int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        double root = Math.Sqrt(size);
        double x = gap * root;
        return (gap, size) switch
        {
            ( <= 0, _) => 1,
            ( >= 1, _) => 0,
            (_, <= LargestExactSize) => 1 - ExactBelow(gap, size),
            _ => Tail(x + (1 / (6 * root)) + ((x - 1) / (4 * size))),
        };
    }

    /// <summary>n! / nⁿ times the middle entry of the n-th power of Durbin's matrix.</summary>
    private static double ExactBelow(double gap, int size)
    {
        int k = (int)(size * gap) + 1;
        Matrix<double> power = DurbinMatrix(k, k - (size * gap)).Power(size);
        double chance = power[k - 1, k - 1];
        for (int i = 1; i <= size; i++)
        {
            chance *= (double)i / size;
        }

        return Math.Clamp(chance, 0, 1);
    }

    private static Matrix<double> DurbinMatrix(int k, double h)
    {
        int m = (2 * k) - 1;
        Matrix<double> matrix = Matrix<double>.Build.Dense(m, m, (i, j) => i - j + 1 >= 0 ? 1 : 0);
        for (int i = 0; i < m; i++)
        {
            matrix[i, 0] -= Math.Pow(h, i + 1);
            matrix[m - 1, i] -= Math.Pow(h, m - i);
        }

        matrix[m - 1, 0] += (2 * h) - 1 > 0 ? Math.Pow((2 * h) - 1, m) : 0;
        return matrix.MapIndexed((i, j, value) => i - j + 1 > 0 ? value / MathNet.Numerics.SpecialFunctions.Factorial(i - j + 1) : value);
    }

    private static double Sum(Func<int, double> term)
    {
        double sum = 0;
        for (int k = 1; k <= 100; k++)
        {
            double next = term(k);
            sum += next;
            if (Math.Abs(next) < 1e-17)
            {
                break;
            }
        }

        return sum;
    }

    private static double Square(double value) => value * value;
}
