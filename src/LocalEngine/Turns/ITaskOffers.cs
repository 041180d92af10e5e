namespace Lifecycle.LocalEngine.Turns;

/// <summary>Where a turn offers what waits for a worker. The seam between the turns, which change runs, and the matching, which knows the workers.</summary>
internal interface ITaskOffers
{
    /// <summary>Offers the open workflow task of a run; a sticky queue that nobody attends is left for the normal one.</summary>
    void OfferWorkflowTask(Turn turn, Run run);

    /// <summary>Offers an activity of a run, where it can be dispatched.</summary>
    void OfferActivity(Turn turn, Run run, long scheduledEventId);

    /// <summary>Offers a query on its own, to the sticky worker where one attends.</summary>
    void OfferQuery(Turn turn, Run run, PendingQuery query, bool avoidSticky = false);
}
