using Lifecycle.Domain.Names;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Statements;
using Lifecycle.Storage;

namespace Lifecycle.Publishing.Files;

/// <summary>Names of the files of a publication. The directory is flat and every name plain ASCII.</summary>
public static class ReleaseFileNames
{
    /// <summary>The model.</summary>
    public const string Model = "model.onnx";

    /// <summary>What the model is, for people.</summary>
    public const string ModelCard = "model-card.md";

    /// <summary>The measurements.</summary>
    public const string Evaluation = "evaluation.json";

    /// <summary>What it was built from.</summary>
    public const string Provenance = "provenance.json";

    /// <summary>The gate's verdict.</summary>
    public const string Blessing = "blessing.json";

    /// <summary>What its traffic is watched against.</summary>
    public const string Baseline = "baseline.json";

    /// <summary>What explains the model's answers. Absent in releases of a cold start, and from before there was one.</summary>
    public const string Explanation = "explanation.json";

    /// <summary>What a ReferenceModel answers: its lookup and its rules. Only in the release of a cold start.</summary>
    public const string Reference = "reference.json";

    /// <summary>The signed request it was asked for by; absent where nobody signed.</summary>
    public const string Request = "request.json";

    private const string ApprovalPrefix = "approval-";
    private const string ApprovalSuffix = ".json";

    /// <summary>Name of an engineer's Approval.</summary>
    public static string Approval(string engineer) => $"{ApprovalPrefix}{PlainName.Require(engineer, "engineer")}{ApprovalSuffix}";

    /// <summary>Whether a file is an Approval, and whose it says it is.</summary>
    public static bool IsApproval(string name, out string engineer)
    {
        bool shaped = name.StartsWith(ApprovalPrefix, StringComparison.Ordinal)
            && name.EndsWith(ApprovalSuffix, StringComparison.Ordinal)
            && name.Length > ApprovalPrefix.Length + ApprovalSuffix.Length;
        engineer = shaped ? name[ApprovalPrefix.Length..^ApprovalSuffix.Length] : "";
        return PlainName.IsValid(engineer);
    }

    /// <summary>Whether a release may have a file of its own by this name.</summary>
    public static bool IsContent(string name) =>
        BlobName.IsSegment(name) && name is not (ReleaseManifests.FileName or ModelSignature.FileName) && !IsApproval(name, out _);

    /// <summary>Directory of a release in the store.</summary>
    public static string Directory(ReleaseManifest release) =>
        $"publications/{PlainName.Require(release.Model, "model")}/{release.Digest}";
}
