namespace Lifecycle.Domain.Drift;

/// <summary>What follows from a WatchWindow.</summary>
public enum DriftVerdict
{
    /// <summary>Nothing to do.</summary>
    None,

    /// <summary>The window does not tell, or what was measured is no number. Never the same as <see cref="None"/>.</summary>
    Inconclusive,

    /// <summary>People should know; no RetrainingRun is asked for.</summary>
    Watch,

    /// <summary>A RetrainingRun is asked for, or the one in flight gets one more reason.</summary>
    Retrain,

    /// <summary>The traffic breaks the data contract: nothing may be concluded from it, and nothing be trained on it.</summary>
    Block,
}

/// <summary>The rule that gave a <see cref="DriftVerdict"/>.</summary>
public enum DriftRule
{
    /// <summary>None spoke, and the watch is not armed.</summary>
    Quiet,

    /// <summary>Figures at warn, while the watch is not armed: it is armed at act.</summary>
    BelowAct,

    /// <summary>Too few rows, or a figure that is no number; nothing is remembered of the window.</summary>
    Inconclusive,

    /// <summary>Rule 1: the data contract is broken.</summary>
    ContractBroken,

    /// <summary>Rule 2: the labelled loss is worse.</summary>
    LabelledLoss,

    /// <summary>Rule 2 on a protected slice.</summary>
    ProtectedSlice,

    /// <summary>Rule 3: the estimated or weighted loss is worse in enough of the recent windows.</summary>
    EstimatedLoss,

    /// <summary>Rule 4: enough of the figures, by importance, have drifted in enough of the recent windows.</summary>
    DriftShare,

    /// <summary>Rule 4, second half: drift without a worse loss; the watch is armed.</summary>
    DriftWithoutLoss,

    /// <summary>Rule 5: the live model is too old.</summary>
    Age,

    /// <summary>A rule asked, and a RetrainingRun is in flight: Retrain the first time (its reason joins the run), then Watch.</summary>
    InFlight,

    /// <summary>A rule asked too soon after the last RetrainingRun that was asked for.</summary>
    CoolDown,

    /// <summary>A rule asked, and the budget of the period is spent.</summary>
    BudgetSpent,
}
