using System.Collections.Frozen;
using Lifecycle.Domain.Alerts;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Promotions;
using Lifecycle.Domain.References;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Schedules;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;

namespace Lifecycle.Definitions.Binding;

/// <summary>Smallest and largest value of an option, both allowed.</summary>
internal readonly record struct OptionRange(double Minimum, double Maximum)
{
    /// <summary>Whether the value may be used.</summary>
    public bool Contains(double value) => value >= Minimum && value <= Maximum;
}

/// <summary>The range of every numeric option of a model definition and of alerts.yaml, for the reader and for the JSON Schema alike.</summary>
internal static class OptionRanges
{
    private const double Smallest = 1e-9;

    private static readonly FrozenDictionary<(Type Type, string Property), OptionRange> Ranges = new Dictionary<(Type, string), OptionRange>
    {
        [(typeof(DataContract), nameof(DataContract.MinimumRows))] = new(1, 1e12),
        [(typeof(DataContract), nameof(DataContract.MaximumRows))] = new(1, 1e12),
        [(typeof(DataContract), nameof(DataContract.MinimumLabelRate))] = new(0, 1),
        [(typeof(DataContract), nameof(DataContract.MaximumLabelRate))] = new(0, 1),
        [(typeof(DataContract), nameof(DataContract.MinimumZeroShare))] = new(0, 1),
        [(typeof(DataContract), nameof(DataContract.MaximumZeroShare))] = new(0, 1),
        [(typeof(ClassShareContract), nameof(ClassShareContract.MinimumShare))] = new(0, 1),
        [(typeof(ClassShareContract), nameof(ClassShareContract.MaximumShare))] = new(0, 1),
        [(typeof(ColumnContract), nameof(ColumnContract.MaximumNullRate))] = new(0, 1),
        [(typeof(ColumnContract), nameof(ColumnContract.Minimum))] = new(double.MinValue, double.MaxValue),
        [(typeof(ColumnContract), nameof(ColumnContract.Maximum))] = new(double.MinValue, double.MaxValue),
        [(typeof(DistributionContract), nameof(DistributionContract.WarnAt))] = new(0, 100),
        [(typeof(DistributionContract), nameof(DistributionContract.ErrorAt))] = new(0, 100),
        [(typeof(FeatureView), nameof(FeatureView.MaximumInputBytes))] = new(1, 65_536),
        [(typeof(RowTransform.CharacterNgrams), nameof(RowTransform.CharacterNgrams.MinimumLength))] = new(1, 8),
        [(typeof(RowTransform.CharacterNgrams), nameof(RowTransform.CharacterNgrams.MaximumLength))] = new(1, 8),
        [(typeof(RowTransform.CharacterNgrams), nameof(RowTransform.CharacterNgrams.MinimumCount))] = new(1, 1e9),
        [(typeof(RowTransform.CharacterNgrams), nameof(RowTransform.CharacterNgrams.MaximumTerms))] = new(1, 100_000),
        [(typeof(RowTransform.TopLevelDomainOneHot), nameof(RowTransform.TopLevelDomainOneHot.MinimumCount))] = new(1, 1e9),
        [(typeof(RowTransform.TopLevelDomainOneHot), nameof(RowTransform.TopLevelDomainOneHot.MaximumTerms))] = new(1, 10_000),
        [(typeof(RowTransform.Numeric), nameof(RowTransform.Numeric.Constant))] = new(-1e30, 1e30),
        [(typeof(RowTransform.Numeric), nameof(RowTransform.Numeric.Minimum))] = new(double.MinValue, double.MaxValue),
        [(typeof(RowTransform.Numeric), nameof(RowTransform.Numeric.Maximum))] = new(double.MinValue, double.MaxValue),
        [(typeof(RowTransform.Numeric), nameof(RowTransform.Numeric.Bins))] = new(2, 255),
        [(typeof(RowTransform.OneHot), nameof(RowTransform.OneHot.MinimumCount))] = new(1, 1e9),
        [(typeof(RowTransform.OneHot), nameof(RowTransform.OneHot.MaximumTerms))] = new(1, 10_000),
        [(typeof(RowTransform.Cross), nameof(RowTransform.Cross.MinimumCount))] = new(1, 1e9),
        [(typeof(RowTransform.Cross), nameof(RowTransform.Cross.MaximumTerms))] = new(1, 10_000),
        [(typeof(RowTransform.Frequency), nameof(RowTransform.Frequency.MinimumCount))] = new(1, 1e9),
        [(typeof(RowTransform.Frequency), nameof(RowTransform.Frequency.MaximumTerms))] = new(1, 100_000),
        [(typeof(RowTransform.TargetEncoding), nameof(RowTransform.TargetEncoding.Smoothing))] = new(0, 1e9),
        [(typeof(RowTransform.TargetEncoding), nameof(RowTransform.TargetEncoding.MinimumCount))] = new(1, 1e9),
        [(typeof(RowTransform.TargetEncoding), nameof(RowTransform.TargetEncoding.MaximumTerms))] = new(1, 100_000),
        [(typeof(RowTransform.Hashed), nameof(RowTransform.Hashed.Buckets))] = new(2, 65_536),
        [(typeof(RowTransform.WordNgrams), nameof(RowTransform.WordNgrams.MinimumLength))] = new(1, 4),
        [(typeof(RowTransform.WordNgrams), nameof(RowTransform.WordNgrams.MaximumLength))] = new(1, 4),
        [(typeof(RowTransform.WordNgrams), nameof(RowTransform.WordNgrams.MinimumCount))] = new(1, 1e9),
        [(typeof(RowTransform.WordNgrams), nameof(RowTransform.WordNgrams.MaximumTerms))] = new(1, 100_000),
        [(typeof(RowTransform.Url), nameof(RowTransform.Url.MinimumCount))] = new(1, 1e9),
        [(typeof(RowTransform.Url), nameof(RowTransform.Url.MaximumTerms))] = new(1, 10_000),
        [(typeof(InputColumn), nameof(InputColumn.Minimum))] = new(double.MinValue, double.MaxValue),
        [(typeof(InputColumn), nameof(InputColumn.Maximum))] = new(double.MinValue, double.MaxValue),
        [(typeof(InputColumn), nameof(InputColumn.MaximumBytes))] = new(1, 65_536),
        [(typeof(IntervalDefinition), nameof(IntervalDefinition.Coverage))] = new(0.01, 0.99),
        [(typeof(DecisionRule), nameof(DecisionRule.Threshold))] = new(Smallest, 1 - Smallest),
        [(typeof(MistakeCosts), nameof(MistakeCosts.FalsePositive))] = new(Smallest, 1e12),
        [(typeof(MistakeCosts), nameof(MistakeCosts.FalseNegative))] = new(Smallest, 1e12),
        [(typeof(SplitDefinition), nameof(SplitDefinition.Folds))] = new(2, 100),
        [(typeof(TrainerDefinition.LightGbm), nameof(TrainerDefinition.LightGbm.Trees))] = new(1, 10_000),
        [(typeof(TrainerDefinition.LightGbm), nameof(TrainerDefinition.LightGbm.Leaves))] = new(2, 4096),
        [(typeof(TrainerDefinition.LightGbm), nameof(TrainerDefinition.LightGbm.LearningRate))] = new(1e-4, 1),
        [(typeof(TrainerDefinition.LightGbm), nameof(TrainerDefinition.LightGbm.MinimumRowsPerLeaf))] = new(1, 1e9),
        [(typeof(TrainerDefinition.LightGbm), nameof(TrainerDefinition.LightGbm.RowShare))] = new(0.01, 1),
        [(typeof(TrainerDefinition.LightGbm), nameof(TrainerDefinition.LightGbm.FeatureShare))] = new(0.01, 1),
        [(typeof(TrainerDefinition.LightGbm), nameof(TrainerDefinition.LightGbm.L2))] = new(0, 1e6),
        [(typeof(TrainerDefinition.ByObjective), nameof(TrainerDefinition.ByObjective.ObjectiveParameter))] = new(Smallest, 1e6),
        [(typeof(TrainerDefinition.LightGbm), nameof(TrainerDefinition.LightGbm.EarlyStopping))] = new(1, 10_000),
        [(typeof(TrainerDefinition.FastTree), nameof(TrainerDefinition.FastTree.Trees))] = new(1, 10_000),
        [(typeof(TrainerDefinition.FastTree), nameof(TrainerDefinition.FastTree.Leaves))] = new(2, 4096),
        [(typeof(TrainerDefinition.FastTree), nameof(TrainerDefinition.FastTree.LearningRate))] = new(1e-4, 1),
        [(typeof(TrainerDefinition.FastTree), nameof(TrainerDefinition.FastTree.MinimumRowsPerLeaf))] = new(1, 1e9),
        [(typeof(TrainerDefinition.FastTree), nameof(TrainerDefinition.FastTree.RowShare))] = new(0.01, 1),
        [(typeof(TrainerDefinition.FastTree), nameof(TrainerDefinition.FastTree.FeatureShare))] = new(0.01, 1),
        [(typeof(TrainerDefinition.Linear), nameof(TrainerDefinition.Linear.L2))] = new(0, 1e6),
        [(typeof(TrainerDefinition.Linear), nameof(TrainerDefinition.Linear.Iterations))] = new(1, 100_000),
        [(typeof(TrainerDefinition), nameof(TrainerDefinition.Seed))] = new(0, int.MaxValue),
        [(typeof(TrainerDefinition), nameof(TrainerDefinition.Threads))] = new(1, 256),
        [(typeof(ReferenceModelDefinition), nameof(ReferenceModelDefinition.Confidence))] = new(0.5, 1 - Smallest),
        [(typeof(ReferenceModelDefinition), nameof(ReferenceModelDefinition.Level))] = new(Smallest, 1 - Smallest),
        [(typeof(BinnedColumn), nameof(BinnedColumn.Bins))] = new(2, BinnedColumn.MostBins),
        [(typeof(ColumnCondition), nameof(ColumnCondition.Above))] = new(double.MinValue, double.MaxValue),
        [(typeof(ColumnCondition), nameof(ColumnCondition.AtMost))] = new(double.MinValue, double.MaxValue),
        [(typeof(ReferenceRule), nameof(ReferenceRule.Probability))] = new(Smallest, 1 - Smallest),
        [(typeof(ReferenceRule), nameof(ReferenceRule.Value))] = new(double.MinValue, double.MaxValue),
        [(typeof(GatePolicy), nameof(GatePolicy.MinimumRowsPerClass))] = new(1, 1e9),
        [(typeof(GatePolicy), nameof(GatePolicy.MinimumClustersPerClass))] = new(1, 1e9),
        [(typeof(GatePolicy), nameof(GatePolicy.NonInferiorityMargin))] = new(0, 1),
        [(typeof(GatePolicy), nameof(GatePolicy.BootstrapSamples))] = new(200, 100_000),
        [(typeof(GatePolicy), nameof(GatePolicy.BootstrapSeed))] = new(0, int.MaxValue),
        [(typeof(GatePolicy), nameof(GatePolicy.MaximumLoss))] = new(0, double.MaxValue),
        [(typeof(GatePolicy), nameof(GatePolicy.MinimumAreaUnderCurve))] = new(0, 1),
        [(typeof(GatePolicy), nameof(GatePolicy.MaximumBias))] = new(0, 1),
        [(typeof(GatePolicy), nameof(GatePolicy.MinimumCalibrationRatio))] = new(0, 1),
        [(typeof(GatePolicy), nameof(GatePolicy.MaximumCalibrationRatio))] = new(1, 1e6),
        [(typeof(GatePolicy), nameof(GatePolicy.MaximumHoldoutUses))] = new(1, 1e6),
        [(typeof(GatePolicy), nameof(GatePolicy.MaximumAnswerShift))] = new(0, double.MaxValue),
        [(typeof(GatePolicy), nameof(GatePolicy.MaximumDecisionsChanged))] = new(0, 1),
        [(typeof(GatePolicy), nameof(GatePolicy.MaximumModelBytes))] = new(1, 1e10),
        [(typeof(GatePolicy), nameof(GatePolicy.MaximumMedianMicroseconds))] = new(1, 1e7),
        [(typeof(GatePolicy), nameof(GatePolicy.MaximumParityDifference))] = new(0, 1),
        [(typeof(GatePolicy), nameof(GatePolicy.SliceMargin))] = new(0, 1),
        [(typeof(ApprovalPolicy), nameof(ApprovalPolicy.Threshold))] = new(1, 20),
        [(typeof(ApprovalPolicy), nameof(ApprovalPolicy.RollbackThreshold))] = new(1, 20),
        [(typeof(ApprovalPolicy), nameof(ApprovalPolicy.MinimumApprovers))] = new(ApprovalPolicy.FewestApprovers, 20),
        [(typeof(ScheduleDefinition), nameof(ScheduleDefinition.LimitedActions))] = new(1, 1e6),
        [(typeof(WatchDefinition), nameof(WatchDefinition.WindowRows))] = new(1, 1e12),
        [(typeof(WatchDefinition), nameof(WatchDefinition.MaximumRefusedShare))] = new(0, 1),
        [(typeof(WatchDefinition), nameof(WatchDefinition.MaximumSkewShare))] = new(0, 1),
        [(typeof(DriftPolicy), nameof(DriftPolicy.MinimumRows))] = new(1, 1e12),
        [(typeof(DriftPolicy), nameof(DriftPolicy.FalseDiscoveryRate))] = new(1e-9, 0.5),
        [(typeof(DriftPolicy), nameof(DriftPolicy.SeparationWarnAt))] = new(0.5, 1),
        [(typeof(DriftPolicy), nameof(DriftPolicy.SeparationActAt))] = new(0.5, 1),
        [(typeof(DriftPolicy), nameof(DriftPolicy.LossRise))] = new(0, 100),
        [(typeof(DriftPolicy), nameof(DriftPolicy.ProtectedSliceRise))] = new(0, 100),
        [(typeof(DriftPolicy), nameof(DriftPolicy.EstimatedRise))] = new(0, 100),
        [(typeof(DriftPolicy), nameof(DriftPolicy.DriftShare))] = new(Smallest, 1),
        [(typeof(DriftPolicy), nameof(DriftPolicy.HarmlessRise))] = new(0, 100),
        [(typeof(DriftPolicy), nameof(DriftPolicy.RecentWindows))] = new(1, 100),
        [(typeof(DriftPolicy), nameof(DriftPolicy.AgreeingWindows))] = new(1, 100),
        [(typeof(DriftPolicy), nameof(DriftPolicy.DisarmingWindows))] = new(1, 100),
        [(typeof(DriftPolicy), nameof(DriftPolicy.Budget))] = new(0, 1000),
        [(typeof(AlertReceiver.Email), nameof(AlertReceiver.Email.Port))] = new(1, 65_535),
        [(typeof(AlertRule.Threshold), nameof(AlertRule.Threshold.Above))] = new(double.MinValue, double.MaxValue),
        [(typeof(AlertRule.Threshold), nameof(AlertRule.Threshold.Below))] = new(double.MinValue, double.MaxValue),
        [(typeof(PromotionWatchPolicy), nameof(PromotionWatchPolicy.MinimumRows))] = new(1, 1e12),
        [(typeof(PromotionWatchPolicy), nameof(PromotionWatchPolicy.FalseAlarmRate))] = new(1e-9, 0.5),
        [(typeof(PromotionWatchPolicy), nameof(PromotionWatchPolicy.MaximumRefusalRise))] = new(0, 1),
        [(typeof(PromotionWatchPolicy), nameof(PromotionWatchPolicy.MaximumLatencyRatio))] = new(1, 1000),
        [(typeof(PromotionWatchPolicy), nameof(PromotionWatchPolicy.MaximumPredictionShift))] = new(0, 100),
        [(typeof(PromotionWatchPolicy), nameof(PromotionWatchPolicy.MaximumLossRise))] = new(0, 100),
    }.ToFrozenDictionary();

    /// <summary>The range of a property, by the CLR name of the property; null for what is not a number.</summary>
    public static OptionRange? Of(Type type, string property) => Ranges.TryGetValue((type, property), out OptionRange range) ? range : null;
}
