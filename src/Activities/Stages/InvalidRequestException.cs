namespace Lifecycle.Activities.Stages;

/// <summary>A run that was asked for something its model definition does not have.</summary>
public sealed class InvalidRequestException(string message) : Exception(message);
