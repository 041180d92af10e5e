namespace Lifecycle.Data;

/// <summary>Work on data was interrupted because it took longer than <see cref="DataLimits.Deadline"/>.</summary>
public sealed class DataDeadlineException : Exception
{
    /// <summary>Creates the exception for one piece of work.</summary>
    public DataDeadlineException(string work, TimeSpan deadline, Exception innerException)
        : base($"{work} took longer than {deadline.TotalSeconds:0} s and was stopped; look for a damaged input file, or raise the deadline", innerException)
    {
    }
}
