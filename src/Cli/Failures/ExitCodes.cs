namespace Lifecycle.Cli.Failures;

/// <summary>What the command's exit code says to a script.</summary>
public static class ExitCodes
{
    /// <summary>Done, and every expectation held.</summary>
    public const int Success = 0;

    /// <summary>Done, and the answer is no: the run was not promoted, the publication does not verify, a value was refused.</summary>
    public const int Negative = 1;

    /// <summary>The command line, a model definition or a file is wrong.</summary>
    public const int BadInput = 2;

    /// <summary>Something the command needs is not there: an engine, a store, node, a free port.</summary>
    public const int Unavailable = 3;

    /// <summary>A run failed, or a defect of ours.</summary>
    public const int Failed = 4;

    /// <summary>Interrupted by Ctrl-C.</summary>
    public const int Interrupted = 130;
}
