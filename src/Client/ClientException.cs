namespace Lifecycle.Client;

/// <summary>What kind of answer a <see cref="ClientException"/> is, for a front end to say in its own way.</summary>
public enum ClientFailure
{
    /// <summary>The answer is no.</summary>
    Negative,

    /// <summary>What was asked for is wrong.</summary>
    BadInput,

    /// <summary>Something needed is not there: an engine, a store, a file.</summary>
    Unavailable,

    /// <summary>A run failed, or a defect of ours.</summary>
    Failed,
}

/// <summary>A failure that a person can act on, told in one line.</summary>
/// <param name="kind">What kind of answer it is.</param>
/// <param name="message">What was found, what was expected, and what to do.</param>
/// <param name="inner">What it comes from.</param>
public sealed class ClientException(ClientFailure kind, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What kind of answer it is.</summary>
    public ClientFailure Kind { get; } = kind;
}
