namespace Lifecycle.Domain.Kinds;

/// <summary>A value that documents write in more than one form: as a single value, a list or a mapping; a form that is null is none.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TwoFormsAttribute : Attribute
{
    /// <summary>Type of the single value.</summary>
    public Type? Scalar { get; init; }

    /// <summary>Type of the list.</summary>
    public Type? List { get; init; }

    /// <summary>Type of the mapping.</summary>
    public Type? Mapping { get; init; }
}
