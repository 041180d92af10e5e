using Temporalio.Api.Update.V1;

namespace Lifecycle.LocalEngine.History;

/// <summary>How far an update came. Admitted and sent updates live in memory only: a restart forgets them and the client asks again.</summary>
internal enum UpdateStage
{
    Admitted,
    Sent,
    Accepted,
    Completed,
}

/// <summary>
/// One update of a run, under its id. Rejected updates leave no record and no event: their outcome goes to whoever
/// waits (<see cref="Effect.UpdateSettled"/>).
/// </summary>
internal sealed record UpdateRecord(string UpdateId, UpdateStage Stage)
{
    /// <summary>The request; absent once it is accepted, since the history holds it then.</summary>
    public Request? Request { get; init; }

    public long AcceptedEventId { get; init; }

    public Outcome? Outcome { get; init; }

    public string RequestMessageId => UpdateId + "/request";
}
