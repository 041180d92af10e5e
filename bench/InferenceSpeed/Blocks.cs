using System.Diagnostics;
using System.Globalization;

namespace Lifecycle.InferenceSpeed;

/// <summary>Times several sides by turns, block after block, so that what else the machine does falls on all of them.</summary>
internal static class Blocks
{
    public const string Heading = """
        | what | side | µs a call, median | rows/s | time against the first |
        |---|---|---|---|---|
        """;

    /// <summary>A table row for each side: the median of its blocks, and the median of the blocks' ratios to the first side's.</summary>
    public static IEnumerable<string> Measure(string what, int rows, int blocks, int calls, params (string Side, Action Call)[] sides)
    {
        double[][] times = [.. sides.Select(_ => new double[blocks])];
        foreach ((_, Action call) in sides)
        {
            Time(call, calls);
        }

        for (int block = 0; block < blocks; block++)
        {
            for (int side = 0; side < sides.Length; side++)
            {
                times[side][block] = Time(sides[side].Call, calls);
            }
        }

        return sides.Select((side, index) => string.Create(
            CultureInfo.InvariantCulture,
            $"| {what} | {side.Side} | {Median(times[index]):F1} | {rows * 1e6 / Median(times[index]):N0} | {Median([.. times[index].Zip(times[0], (own, first) => own / first)]):F2} |"));
    }

    private static double Time(Action call, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++)
        {
            call();
        }

        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / calls;
    }

    private static double Median(double[] numbers) => numbers.Order().ElementAt(numbers.Length / 2);
}
