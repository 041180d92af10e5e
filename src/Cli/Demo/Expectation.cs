namespace Lifecycle.Cli.Demo;

/// <summary>Something the demo's story promises, and whether it held.</summary>
/// <param name="Promise">What was promised.</param>
/// <param name="Held">Whether it held.</param>
/// <param name="Evidence">What was seen.</param>
public sealed record Expectation(string Promise, bool Held, string Evidence);
