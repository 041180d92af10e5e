namespace Lifecycle.Data.Snapshots;

/// <summary>
/// Packages could not be installed for a reason outside the model definition: npm is missing or the registry was not
/// reached. A retry may mend it.
/// </summary>
public sealed class PackageInstallException : Exception
{
    /// <summary>Creates the exception; the message says what was tried, what happened and what to do.</summary>
    public PackageInstallException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
