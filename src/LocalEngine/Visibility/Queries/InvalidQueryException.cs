namespace Lifecycle.LocalEngine.Visibility.Queries;

/// <summary>
/// A visibility query that cannot be answered. The message is the one the official server gives for the same mistake,
/// so that clients and their users see no difference; the frontend answers it as INVALID_ARGUMENT.
/// </summary>
public sealed class InvalidQueryException(string detail) : Exception($"invalid query: {detail}")
{
    internal static InvalidQueryException Malformed(string detail) => new($"malformed SQL query: {detail}");

    internal static InvalidQueryException Unsupported(string detail) => new($"operation is not supported: {detail}");

    internal static InvalidQueryException Expression(string detail) => new($"invalid expression: {detail}");
}
