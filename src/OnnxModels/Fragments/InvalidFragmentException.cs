using System.Diagnostics.CodeAnalysis;

namespace Lifecycle.OnnxModels.Fragments;

/// <summary>A document or record is no sound <see cref="ModelFragment"/>; the message names the place. The same will fail again.</summary>
/// <param name="message">What was found where, and what was expected.</param>
/// <param name="inner">Where it comes from.</param>
public sealed class InvalidFragmentException(string message, Exception? inner = null) : Exception($"Not a sound model fragment: {message}.", inner)
{
    /// <exception cref="InvalidFragmentException">Something does not hold.</exception>
    internal static void ThrowUnless([DoesNotReturnIf(false)] bool holds, string message)
    {
        if (!holds)
        {
            throw new InvalidFragmentException(message);
        }
    }
}
