using System.Collections.Immutable;
using Lifecycle.OnnxModels.Featurizers;

namespace Lifecycle.Training.Trainers;

/// <summary>Loads native models for parity, with what the exported graph adds to them.</summary>
public static class NativeModels
{
    /// <summary>Loads a model; its probabilities are corrected for the weights that classes had in training, as those of the graph are.</summary>
    /// <param name="trainer">The trainer that saved it.</param>
    /// <param name="nativeModel">The bytes.</param>
    /// <param name="correctedFactors">See <see cref="TrainedModel.CorrectedFactors"/>; none corrects nothing.</param>
    public static INativeModel Load(ITrainer trainer, ReadOnlyMemory<byte> nativeModel, ImmutableArray<double> correctedFactors)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        INativeModel native = trainer.Load(nativeModel);
        return correctedFactors.IsEmpty ? native : new Corrected(native, correctedFactors);
    }

    // By Bayes' rule on the answers, where the graph shifts the scores: two ways to the same numbers.
    private sealed class Corrected(INativeModel native, ImmutableArray<double> factors) : INativeModel
    {
        public int Width => native.Width;

        public double[] Predict(FeatureBatch features)
        {
            double[] answers = native.Predict(features);
            for (int first = 0; first < answers.Length; first += Width)
            {
                Correct(answers.AsSpan(first, Width));
            }

            return answers;
        }

        public void Dispose() => native.Dispose();

        private void Correct(Span<double> answer)
        {
            if (answer.Length == 1)
            {
                double positive = answer[0] / factors[1];
                answer[0] = positive / (positive + ((1 - answer[0]) / factors[0]));
                return;
            }

            double sum = 0;
            for (int name = 0; name < answer.Length; name++)
            {
                sum += answer[name] /= factors[name];
            }

            foreach (ref double probability in answer)
            {
                probability /= sum;
            }
        }
    }
}
