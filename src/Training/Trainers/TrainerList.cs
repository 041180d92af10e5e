using System.Collections.Immutable;
using Lifecycle.Domain.Training;

namespace Lifecycle.Training.Trainers;

/// <summary>The trainers there are, by the kind of their definition. Whoever composes a program may add its own before anything is trained.</summary>
public sealed class TrainerList
{
    private ImmutableArray<ITrainer> trainers = [];

    /// <summary>Adds a trainer; adding another one of the same type again changes nothing.</summary>
    /// <exception cref="ArgumentException">Its kind of definition has another trainer already.</exception>
    public TrainerList Add(ITrainer trainer)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ImmutableInterlocked.Update(ref trainers, known => known.FirstOrDefault(other => other.Definition == trainer.Definition) switch
        {
            null => known.Add(trainer),
            var other when other.GetType() == trainer.GetType() => known,
            var other => throw new ArgumentException($"{trainer.Definition.Name} is trained by {other.GetType().Name} already.", nameof(trainer)),
        });
        return this;
    }

    /// <summary>The trainer of a definition.</summary>
    /// <exception cref="InvalidOperationException">It has none.</exception>
    public ITrainer For(TrainerDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return trainers.FirstOrDefault(trainer => trainer.Definition == definition.GetType())
            ?? throw new InvalidOperationException($"{definition.GetType().Name} has no trainer; add one where the program is composed.");
    }
}
