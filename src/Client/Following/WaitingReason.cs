using static System.FormattableString;

namespace Lifecycle.Client.Following;

/// <summary>What a workflow that says nothing waits for.</summary>
public abstract record WaitingReason
{
    private WaitingReason()
    {
    }

    /// <summary>The reason as the rest of a sentence.</summary>
    public abstract string Sentence { get; }

    /// <summary>The reason without what changes from look to look, so that the same one is told once.</summary>
    public virtual string Kind => Sentence;

    /// <summary>Nobody answers at the engine's address.</summary>
    /// <param name="Target">The address.</param>
    public sealed record EngineGone(string Target) : WaitingReason
    {
        /// <inheritdoc/>
        public override string Sentence => $"engine gone: nobody answers at {Target}; the run goes on when it is back ('lifecycle up' starts a home's engine again)";
    }

    /// <summary>Something is to be done, and no worker asks for work of its kind.</summary>
    /// <param name="Queue">The task queue.</param>
    /// <param name="Work">What is to be done.</param>
    public sealed record NoWorker(string Queue, string Work) : WaitingReason
    {
        /// <inheritdoc/>
        public override string Sentence => $"no worker polls queue {Queue} for {Work}; start one with 'lifecycle up', or a worker of the fleet with LIFECYCLE_QUEUES={Queue}";
    }

    /// <summary>Workers are there, and all busy with other work.</summary>
    /// <param name="Queue">The task queue.</param>
    /// <param name="Work">What is to be done.</param>
    public sealed record NoSlot(string Queue, string Work) : WaitingReason
    {
        /// <inheritdoc/>
        public override string Sentence => $"{Work} waits for a slot: the workers of queue {Queue} are busy with other work; more workers, or more LIFECYCLE_TRAINING_SLOTS, take more at once";
    }

    /// <summary>An attempt failed, and another one follows or is under way.</summary>
    /// <param name="Work">What is tried again.</param>
    /// <param name="Attempt">Which attempt comes or is under way, counted from 1.</param>
    /// <param name="Failure">Why the last one failed.</param>
    public sealed record Retries(string Work, int Attempt, string Failure) : WaitingReason
    {
        /// <inheritdoc/>
        public override string Sentence => Invariant($"{Work} is tried again, attempt {Attempt}: {Failure}");

        /// <inheritdoc/>
        public override string Kind => $"{Work} {Failure}";
    }

    /// <summary>A worker is at it.</summary>
    /// <param name="Work">What it does.</param>
    /// <param name="Worker">The worker's identity.</param>
    /// <param name="Since">For how long.</param>
    /// <param name="Progress">How far it is, as it says itself; null where it says nothing.</param>
    public sealed record InWork(string Work, string Worker, TimeSpan Since, string? Progress = null) : WaitingReason
    {
        /// <inheritdoc/>
        public override string Sentence => Invariant($"{Work} is in work for {Since.TotalSeconds:0} s{(Progress is null ? "" : $" ({Progress})")}, by {Worker}");

        /// <inheritdoc/>
        public override string Kind => $"{Work} {Worker}";
    }

    /// <summary>The workflow's own code fails, again and again.</summary>
    /// <param name="Attempt">Which attempt is next or under way, counted from 1.</param>
    public sealed record TaskFails(int Attempt) : WaitingReason
    {
        /// <inheritdoc/>
        public override string Sentence => Invariant($"its workflow task fails or finds no worker in time, attempt {Attempt}; the worker's log says why");

        /// <inheritdoc/>
        public override string Kind => nameof(TaskFails);
    }

    /// <summary>A person, a timer or another workflow has the next word.</summary>
    /// <param name="What">For what.</param>
    public sealed record Outside(string What) : WaitingReason
    {
        /// <inheritdoc/>
        public override string Sentence => $"waits for {What}";
    }
}
