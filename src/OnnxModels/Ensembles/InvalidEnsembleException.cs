namespace Lifecycle.OnnxModels.Ensembles;

/// <summary>A document is not a sound <see cref="TreeEnsemble"/>; the message names the place. The same bytes will fail again.</summary>
public sealed class InvalidEnsembleException : Exception
{
    internal InvalidEnsembleException(string message, Exception? inner = null)
        : base("Not a sound tree ensemble: " + message + ".", inner)
    {
    }
}
