using Lifecycle.Data;
using Lifecycle.Data.Profiles;
using Lifecycle.Domain.Data;

namespace Lifecycle.Activities.Stages;

/// <summary>Files of rows, looked at whole.</summary>
public static class ProfiledTables
{
    /// <summary>What a file looks like, or why it is no table that a model can be made of.</summary>
    public static (TableProfile? Profile, string? Problem) Look(string path, CancellationToken cancellation)
    {
        try
        {
            return (TableProfiler.Look(path, new DataLimits(), cancellation), null);
        }
        catch (Exception unusable) when (unusable is InvalidDataSourceException or DataDeadlineException)
        {
            return (null, unusable.Message);
        }
    }
}
