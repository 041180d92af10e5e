using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Lifecycle.Domain.Rows;
using Lifecycle.OnnxModels.Featurizers;

namespace Lifecycle.Training.Trainers;

/// <summary>A model in the library that trained it: the other side of the parity check. Not safe for several threads at once.</summary>
public interface INativeModel : IDisposable
{
    /// <summary>Numbers in one answer.</summary>
    int Width { get; }

    /// <summary>The answers to a batch, row after row: what the library's own link makes of its raw scores.</summary>
    double[] Predict(FeatureBatch features);

    /// <summary>The answers to all batches, in their order.</summary>
    Answers Predict(IEnumerable<FeatureBatch> batches)
    {
        List<float> answers = [];
        foreach (FeatureBatch batch in batches)
        {
            answers.AddRange(Predict(batch).Select(answer => (float)answer));
        }

        return new Answers(Width, ImmutableCollectionsMarshal.AsImmutableArray(answers.ToArray()));
    }
}
