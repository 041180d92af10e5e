using Lifecycle.Domain.Training;
using Lifecycle.OnnxModels.Ensembles;

namespace Lifecycle.Training.Trainers;

/// <summary>What a trainer made.</summary>
/// <param name="NativeModel">The model as its library saves it; the other side of the parity check.</param>
/// <param name="Ensemble">The same trees and link, for the export.</param>
/// <param name="Trainer">The hyperparameters as used, with seed and threads: the same rows and these give the same bytes.</param>
public sealed record TrainedModel(byte[] NativeModel, TreeEnsemble Ensemble, TrainerDefinition Trainer);
