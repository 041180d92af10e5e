namespace Lifecycle.Domain.Runs;

/// <summary>How a RetrainingRun ended. Every one of these is an expected verdict, not a failure.</summary>
public enum RetrainingOutcome
{
    /// <summary>The ReleaseChannel points to the new Publication.</summary>
    Promoted,

    /// <summary>The data contract stopped the run; nothing was trained.</summary>
    StoppedByValidation,

    /// <summary>The gate refused the Challenger.</summary>
    Refused,

    /// <summary>The gate could not tell.</summary>
    Inconclusive,

    /// <summary>A release engineer rejected the Challenger.</summary>
    Rejected,

    /// <summary>Too few Approvals came before the deadline.</summary>
    ApprovalTimedOut,
}
