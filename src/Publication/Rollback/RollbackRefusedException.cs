namespace Lifecycle.Publishing.Rollback;

/// <summary>A ReleaseChannel may not go back as asked. Permanent: ask for something else, or decide anew.</summary>
public sealed class RollbackRefusedException(string model, string channel, string reason) : Exception(
    $"{channel} of {model} is not rolled back: {reason}. Nothing moved; 'lifecycle channel history {model} --channel {channel}' shows every version.");
