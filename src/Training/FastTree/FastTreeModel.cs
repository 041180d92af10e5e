using System.Collections.Immutable;
using Lifecycle.Domain.Training;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.Training.Matrices;
using Lifecycle.Training.Trainers;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace Lifecycle.Training.FastTree;

/// <summary>A model as it was trained, in ML.NET: its own predictors answer, and what they learnt of a label's unit is taken back.</summary>
internal sealed class FastTreeModel : INativeModel
{
    private readonly MLContext context = new();
    private readonly ModelNotes notes;
    private readonly ImmutableArray<ITransformer> models;
    private readonly ImmutableArray<PlattCalibrator?> calibrators;

    public FastTreeModel(FastTreeArchive archive)
    {
        notes = archive.Notes;
        models = [.. archive.Models.Select(Load)];
        calibrators = [.. models.Select(CalibratorOf)];
    }

    public int Width => models.Length;

    public double[] Predict(FeatureBatch features)
    {
        FeatureMatrix rows = FeatureMatrix.Of([features], features.RowCount, notes.FeatureCount);
        IDataView table = ExampleRow.Table(context, rows, labels: null, weights: null, static () => { });
        double[] answers = new double[rows.RowCount * Width];
        foreach ((int score, ITransformer model) in models.Index())
        {
            int row = 0;
            foreach (float answer in model.Transform(table).GetColumn<float>("Score"))
            {
                answers[(row++ * Width) + score] = calibrators[score] is { } calibrator ? Probability(calibrator, answer) : InUnit(answer);
            }
        }

        for (int row = 0; row < rows.RowCount && Width > 1; row++)
        {
            Share(answers.AsSpan(row * Width, Width));
        }

        return answers;
    }

    public void Dispose()
    {
        foreach (ITransformer model in models)
        {
            (model as IDisposable)?.Dispose();
        }
    }

    private static void Share(Span<double> answers)
    {
        double sum = 0;
        foreach (double answer in answers)
        {
            sum += answer;
        }

        foreach (ref double answer in answers)
        {
            answer /= sum;
        }
    }

    // As the calibrator does it, which answers in floats: too coarse near 1 for what corrects a rare class.
    private static double Probability(PlattCalibrator calibrator, float score) => 1 / (1 + Math.Exp((calibrator.Slope * score) + calibrator.Offset));

    private static PlattCalibrator? CalibratorOf(ITransformer model) =>
        ((ISingleFeaturePredictionTransformer<object>)model).Model is CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator> calibrated ? calibrated.Calibrator : null;

    private double InUnit(float answer) => notes.Objective == TrainingObjective.Tweedie ? answer * notes.Unit.Length : (answer * notes.Unit.Length) + notes.Unit.Origin;

    private ITransformer Load(byte[] model)
    {
        using MemoryStream stream = new(model);
        return context.Model.Load(stream, out _);
    }
}
