namespace Lifecycle.Training.Trainers;

/// <summary>Rows or hyperparameters from which nothing can be learnt; the message says which. The same input will fail again.</summary>
public sealed class UntrainableException : Exception
{
    internal UntrainableException(string message, Exception? inner = null)
        : base("Cannot train: " + message + ".", inner)
    {
    }
}
