using Lifecycle.Domain.Training;

namespace Lifecycle.Training.Trainers;

/// <summary>
/// Makes models of one kind of <see cref="TrainerDefinition"/>. Same task, same bytes. A trainer is one folder, and a line in the list that
/// composes trainers (<see cref="TrainerList"/>).
/// </summary>
public interface ITrainer
{
    /// <summary>The kind of definition that it trains by.</summary>
    Type Definition { get; }

    /// <summary>Whether it stops by rows that are set apart from those that it learns from.</summary>
    bool AsksForValidation(TrainerDefinition definition);

    /// <summary>Trains a model.</summary>
    /// <param name="task">Rows, target and hyperparameters. Labels, weights and validation rows are checked already; what only this trainer cannot do is not.</param>
    /// <param name="heartbeat">Told of phases and progress.</param>
    /// <param name="cancellation">To be heard at least once a tree, or whatever it repeats.</param>
    /// <exception cref="UntrainableException">Rows or hyperparameters do not allow a training.</exception>
    TrainedModel Train(TrainingTask task, Heartbeat heartbeat, CancellationToken cancellation);

    /// <summary>Loads a model that it saved.</summary>
    /// <param name="nativeModel">Bytes of <see cref="TrainedModel.NativeModel"/>; an own artifact, never a stranger's file.</param>
    INativeModel Load(ReadOnlyMemory<byte> nativeModel);
}
