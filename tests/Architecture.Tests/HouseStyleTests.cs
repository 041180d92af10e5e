using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Lifecycle.Activities;
using Lifecycle.Alerting;
using Lifecycle.Data.Features;
using Lifecycle.Definitions;
using Lifecycle.Domain;
using Lifecycle.Evaluation;
using Lifecycle.LocalEngine;
using Lifecycle.OnnxModels.Scoring;
using Lifecycle.Publishing.Keys;
using Lifecycle.Serving.Logging;
using Lifecycle.Statistics.Distances;
using Lifecycle.Training.LightGbm;
using Lifecycle.Worker.Options;
using Lifecycle.Workflows;

namespace Lifecycle.Architecture.Tests;

/// <summary>What the house style asks and a machine can see.</summary>
public sealed partial class HouseStyleTests
{
    private const int MaximumFileLines = 400;

    private static readonly string[] VagueSuffixes = ["Manager", "Helper", "Helpers", "Service", "Util", "Utils", "Common"];

    private static readonly Assembly[] Assemblies =
    [
        typeof(DomainJson).Assembly, typeof(PopulationStabilityIndex).Assembly, typeof(ModelDefinitionReader).Assembly,
        typeof(HoldoutSplit).Assembly, typeof(OnnxScorer).Assembly, typeof(LightGbmTrainer).Assembly, typeof(ModelEvaluator).Assembly,
        typeof(KeyFolder).Assembly, typeof(TaskQueues).Assembly, typeof(LaunchActivity).Assembly, typeof(WorkerOptions).Assembly,
        typeof(LocalEngineHost).Assembly, typeof(PredictionParts).Assembly, typeof(AlertSenders).Assembly, typeof(Cli.Failures.ExitCodes).Assembly,
    ];

    public static TheoryData<string> AssemblyNames() => [.. Assemblies.Select(assembly => assembly.GetName().Name!)];

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("bench")]
    public void SourceFile_HoldsOneNoun_StaysUnderTheLimit(string folder)
    {
        string[] tooLong = [.. Rooms.SourceFiles(folder).Where(file => File.ReadLines(file).Count() > MaximumFileLines)];
        Assert.Empty(tooLong);
    }

    [Theory]
    [MemberData(nameof(AssemblyNames))]
    public void PublicType_OfEveryRoom_IsDocumented(string assembly)
    {
        Assembly room = Find(assembly);
        XDocument documentation = XDocument.Load(Path.ChangeExtension(room.Location, ".xml"));
        HashSet<string> documented = [.. documentation.Descendants("member").Where(member => member.Element("summary") is not null).Select(member => member.Attribute("name")!.Value)];
        string[] undocumented = [.. room.GetExportedTypes()
            .Select(type => $"T:{type.FullName!.Replace('+', '.')}")
            .Where(name => !name.EndsWith(".Program", StringComparison.Ordinal) && !IsGenerated(name) && !documented.Contains(name))];
        Assert.Empty(undocumented);
    }

    [Theory]
    [MemberData(nameof(AssemblyNames))]
    public void PublicType_OfEveryRoom_HasAName(string assembly) => Assert.DoesNotContain(
        Find(assembly).GetExportedTypes(),
        type => VagueSuffixes.Any(suffix => type.Name.EndsWith(suffix, StringComparison.Ordinal)));

    [Fact]
    public void Source_UnderSrc_HasNoRegions_AndNoOpenEnds() => Assert.DoesNotContain(
        Rooms.SourceFiles("src").SelectMany(file => File.ReadLines(file).Select(line => (file, line))),
        found => OpenEnd().IsMatch(found.line));

    private static Assembly Find(string name) => Assemblies.Single(assembly => assembly.GetName().Name == name);

    private static bool IsGenerated(string name) => name.StartsWith("T:Onnx.", StringComparison.Ordinal);

    [GeneratedRegex(@"^\s*#region|\bTODO\b|\bFIXME\b|\bHACK\b|NotImplementedException")]
    private static partial Regex OpenEnd();
}
