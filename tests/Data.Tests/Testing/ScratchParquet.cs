using Lifecycle.Data.Tables;

namespace Lifecycle.Data.Tests.Testing;

/// <summary>Parquet files in a scratch folder, made by queries.</summary>
internal sealed class ScratchParquet : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("lifecycle-").FullName;

    public string Write(string query, string name = "rows.parquet")
    {
        string path = Path.Combine(folder, name);
        using DuckSession session = DuckSession.Open(new DataLimits(), [folder], folder, CancellationToken.None);
        session.WriteParquet(query, "ALL", path);
        return path;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
