namespace Lifecycle.LocalEngine.Turns;

/// <summary>
/// A part of the engine beside runs that has state, time and an interest in how runs end. All members are called on the
/// engine's thread.
/// </summary>
internal interface ITurnParticipant
{
    /// <summary>The earliest instant at which <see cref="PassTime"/> has something to do; null where there is none.</summary>
    DateTimeOffset? NextDue { get; }

    /// <summary>Builds the memory from the database, at start and after a transaction failed.</summary>
    void Restore(Turn turn);

    /// <summary>Does what is due by the turn's time.</summary>
    void PassTime(Turn turn);

    /// <summary>A run has closed in this transaction, and its chain with it or not.</summary>
    void Closed(Turn turn, Run run);
}
