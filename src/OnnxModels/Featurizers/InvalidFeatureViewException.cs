namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>A feature view cannot be compiled; the message names the field. The same definition will fail again.</summary>
public sealed class InvalidFeatureViewException : Exception
{
    internal InvalidFeatureViewException(string message)
        : base("The feature view cannot be compiled: " + message + ".")
    {
    }
}
