using Lifecycle.Domain.Training;
using Lifecycle.OnnxModels.Fragments;

namespace Lifecycle.OnnxModels.Export;

/// <summary>What is put beside the answer: both ends of its interval, from the same features.</summary>
/// <param name="Definition">What the intervals promise.</param>
/// <param name="Lower">The quantile at the lower end.</param>
/// <param name="Upper">The quantile at the upper end.</param>
public sealed record IntervalFragments(IntervalDefinition Definition, ModelFragment Lower, ModelFragment Upper);
