namespace Lifecycle.Domain.Artifacts;

/// <summary>Media types of the artifacts that stages exchange.</summary>
public static class MediaTypes
{
    /// <summary>An Apache Parquet file.</summary>
    public const string Parquet = "application/vnd.apache.parquet";

    /// <summary>An ONNX model.</summary>
    public const string Onnx = "application/onnx";

    /// <summary>Plain text, such as a model as LightGBM writes it.</summary>
    public const string Text = "text/plain";

    /// <summary>A ZIP archive, such as a model as ML.NET writes it.</summary>
    public const string Zip = "application/zip";

    /// <summary>A JSON document.</summary>
    public const string Json = "application/json";

    /// <summary>A self-contained HTML page.</summary>
    public const string Html = "text/html";

    /// <summary>A YAML document, such as a model definition.</summary>
    public const string Yaml = "application/yaml";
}
