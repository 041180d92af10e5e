using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Training;

namespace Lifecycle.OnnxModels.Parity;

/// <summary>Compares what the trained model and the exported graph say about the same rows.</summary>
public static class ParityCheck
{
    /// <summary>Largest difference that may ship, of probabilities and of sums of leaves; measured ones are near 4e-7.</summary>
    public const double DefaultTolerance = 1e-5;

    /// <summary>Largest relative difference that may ship of numbers behind an exponential, which multiplies what their scores differ by.</summary>
    public const double RelativeTolerance = 1e-4;

    // Below it an answer is as good as zero, and floats have fewer digits.
    private const double SmallestAnswer = 1e-30;

    /// <summary>The largest difference over all rows and all numbers of an answer.</summary>
    /// <exception cref="ArgumentException">The sides have different shapes, or no rows at all.</exception>
    public static ParityReport Compare(Answers native, Answers onnx, ParityMeasure measure)
    {
        ArgumentNullException.ThrowIfNull(native);
        ArgumentNullException.ThrowIfNull(onnx);
        return native.Width == onnx.Width
            ? Compare(native.Values.AsSpan(), onnx.Values.AsSpan(), measure) with { RowCount = native.Count }
            : throw new ArgumentException($"Parity needs the same answers on both sides; found {native.Width} native and {onnx.Width} ONNX numbers for a row.", nameof(onnx));
    }

    /// <summary>The largest difference over all rows, of one number each. A NaN on either side makes it NaN, which does not hold.</summary>
    /// <exception cref="ArgumentException">The sides have different lengths, or no rows at all: parity over nothing proves nothing.</exception>
    public static ParityReport Compare(ReadOnlySpan<float> native, ReadOnlySpan<float> onnx, ParityMeasure measure = ParityMeasure.Absolute)
    {
        if (native.Length != onnx.Length || native.IsEmpty)
        {
            throw new ArgumentException($"Parity needs the same rows on both sides, at least one; found {native.Length} native and {onnx.Length} ONNX numbers.", nameof(onnx));
        }

        double scale = measure == ParityMeasure.Scaled ? Math.Max(1, RootMeanSquare(native)) : SmallestAnswer;
        double maximum = 0;
        for (int row = 0; row < native.Length; row++)
        {
            double difference = Math.Abs((double)native[row] - onnx[row]);

            // Math.Max keeps a NaN once there is one.
            maximum = Math.Max(maximum, measure == ParityMeasure.Absolute ? difference : difference / Math.Max(scale, Math.Abs((double)native[row])));
        }

        return new ParityReport(native.Length, maximum, measure == ParityMeasure.Relative ? RelativeTolerance : DefaultTolerance) { Measure = measure };
    }

    private static double RootMeanSquare(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += (double)value * value;
        }

        return Math.Sqrt(sum / values.Length);
    }
}
