using Lifecycle.Domain.Training;

namespace Lifecycle.OnnxModels.Parity;

/// <summary>Compares what the trained model and the exported graph say about the same rows.</summary>
public static class ParityCheck
{
    /// <summary>Largest difference of two probabilities that may ship; measured ones are near 4e-7.</summary>
    public const double DefaultTolerance = 1e-5;

    /// <summary>
    /// The largest absolute difference over all rows. A NaN on either side makes it NaN, which does not hold.
    /// </summary>
    /// <exception cref="ArgumentException">The sides have different lengths, or no rows at all: parity over nothing proves nothing.</exception>
    public static ParityReport Compare(ReadOnlySpan<float> native, ReadOnlySpan<float> onnx, double tolerance = DefaultTolerance)
    {
        if (native.Length != onnx.Length || native.IsEmpty)
        {
            throw new ArgumentException($"Parity needs the same rows on both sides, at least one; found {native.Length} native and {onnx.Length} ONNX probabilities.", nameof(onnx));
        }

        double maximum = 0;
        for (int row = 0; row < native.Length; row++)
        {
            // Math.Max keeps a NaN once there is one.
            maximum = Math.Max(maximum, Math.Abs((double)native[row] - onnx[row]));
        }

        return new ParityReport(native.Length, maximum, tolerance);
    }
}
