namespace Lifecycle.Training.Trainers;

/// <summary>Rows or hyperparameters from which nothing can be learnt; the message says which. The same input will fail again.</summary>
/// <param name="message">What was found, and what was expected.</param>
/// <param name="inner">Where it comes from.</param>
public sealed class UntrainableException(string message, Exception? inner = null) : Exception($"Cannot train: {message}.", inner)
{
    /// <exception cref="UntrainableException">Something does not hold.</exception>
    internal static void ThrowUnless(bool holds, string message)
    {
        if (!holds)
        {
            throw new UntrainableException(message);
        }
    }
}
