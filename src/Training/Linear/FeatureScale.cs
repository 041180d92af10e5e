using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Training.Matrices;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Training.Linear;

/// <summary>
/// How features become comparable: z = (feature − mean) · scale, 0 where it is missing or never changes, kept within ± reach. Floats, so that the
/// graph has the very same ones.
/// </summary>
/// <param name="Means">Mean of the rows that have the feature.</param>
/// <param name="Scales">One over their standard deviation; 0 where that is nothing.</param>
/// <param name="Reach">Twice the largest |z| of a training row.</param>
internal sealed record FeatureScale(ImmutableArray<float> Means, ImmutableArray<float> Scales, ImmutableArray<float> Reach)
{
    private const float LargestFeature = 1e30f;
    private const double SmallestDeviation = 1e-30;
    private const double Farther = 2;

    /// <summary>The scale of a training's rows.</summary>
    /// <exception cref="UntrainableException">A number is too large to be squared and added up as a float.</exception>
    public static FeatureScale Of(FeatureMatrix rows, ImmutableArray<string> names)
    {
        Column[] columns = [.. Enumerable.Range(0, rows.FeatureCount).Select(_ => new Column())];
        for (int row = 0; row < rows.RowCount; row++)
        {
            FeatureEntries entries = rows.Entries(row);
            for (int i = 0; i < entries.Values.Length; i++)
            {
                int feature = entries.Column(i);
                float value = entries.Values[i];
                if (Math.Abs(value) > LargestFeature)
                {
                    string name = feature < names.Length ? $"'{names[feature]}'" : feature.ToString(CultureInfo.InvariantCulture);
                    throw new UntrainableException(string.Create(CultureInfo.InvariantCulture, $"feature {name} of training row {row} is {value:R}; a linear model expects at most {LargestFeature:R} on either side of zero: mend the row, or clip the number in its transform"));
                }

                columns[feature].Add(value);
            }
        }

        foreach (Column column in columns)
        {
            column.Close(rows.RowCount);
        }

        for (int row = 0; row < rows.RowCount; row++)
        {
            FeatureEntries entries = rows.Entries(row);
            for (int i = 0; i < entries.Values.Length; i++)
            {
                columns[entries.Column(i)].AddSquare(entries.Values[i]);
            }
        }

        return new FeatureScale([.. columns.Select(column => column.Mean)], [.. columns.Select(column => column.Scale)], [.. columns.Select(column => column.Reach)]);
    }

    /// <summary>A feature's z, as the graph computes it but in doubles.</summary>
    public double Standardise(int feature, float value)
    {
        double z = ((double)value - Means[feature]) * Scales[feature];
        return double.IsNaN(z) ? 0 : Math.Clamp(z, -Reach[feature], Reach[feature]);
    }

    private sealed class Column
    {
        private double sum;
        private double squares;
        private double lowest = double.PositiveInfinity;
        private double highest = double.NegativeInfinity;
        private long stored;
        private long missing;
        private long rows;

        public float Mean { get; private set; }

        public float Scale => IsConstant ? 0 : (float)(1 / Deviation);

        public float Reach => IsConstant ? 0 : (float)(Farther * Math.Max(highest - Mean, Mean - lowest) * Scale);

        private double Deviation => Math.Sqrt((squares + ((rows - stored) * (double)Mean * Mean)) / (rows - missing));

        private bool IsConstant => !(highest > lowest) || !(Deviation >= SmallestDeviation);

        public void Add(float value)
        {
            stored++;
            if (float.IsNaN(value))
            {
                missing++;
                return;
            }

            sum += value;
            (lowest, highest) = (Math.Min(lowest, value), Math.Max(highest, value));
        }

        /// <summary>All rows were seen; those without an entry are zero.</summary>
        public void Close(long rowCount)
        {
            rows = rowCount;
            if (stored < rows)
            {
                (lowest, highest) = (Math.Min(lowest, 0), Math.Max(highest, 0));
            }

            Mean = missing == rows ? 0 : (float)(sum / (rows - missing));
        }

        public void AddSquare(float value)
        {
            double distance = (double)value - Mean;
            squares += double.IsNaN(distance) ? 0 : distance * distance;
        }
    }
}
