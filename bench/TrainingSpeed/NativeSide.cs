using System.Diagnostics;
using System.Runtime.InteropServices;

[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace Lifecycle.TrainingSpeed;

/// <summary>The six calls of LightGBM's C API that a training takes, and nothing else.</summary>
internal static unsafe partial class NativeSide
{
    private const string Parameters =
        "objective=regression num_leaves=31 learning_rate=0.1 min_data_in_leaf=20 min_sum_hessian_in_leaf=0.1 feature_fraction=0.5 lambda_l2=1 seed=7 num_threads=2 deterministic=true force_row_wise=true verbosity=-1 bagging_fraction=0.8 bagging_freq=1";

    private const string Library = "lib_lightgbm";

    public static Measurement Measure(Table table)
    {
        double[] exact = new double[table.RowCount];
        float[] matrix = table.Matrix(exact);
        float[] labels = [.. exact.Select(label => (float)label)];
        long start = Stopwatch.GetTimestamp();
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        byte[] text = Train(table, matrix, labels);
        return new Measurement(Stopwatch.GetElapsedTime(start), Environment.CpuUsage.TotalTime - processor, text);
    }

    private static byte[] Train(Table table, float[] matrix, float[] labels)
    {
        nint dataset;
        fixed (float* values = matrix)
        fixed (float* column = labels)
        {
            Demand(CreateDataset(values, 0, table.RowCount, table.FeatureCount, 1, Parameters, 0, out dataset));
            Demand(SetField(dataset, "label", column, labels.Length, 0));
        }

        Demand(CreateBooster(dataset, Parameters, out nint booster));
        for (int tree = 0; tree < 100; tree++)
        {
            Demand(Update(booster, out _));
        }

        byte[] text = new byte[16 << 20];
        fixed (byte* buffer = text)
        {
            Demand(Save(booster, 0, -1, 0, text.Length, out long length, buffer));
            return text[..(int)(length - 1)];
        }
    }

    private static void Demand(int answer)
    {
        if (answer != 0)
        {
            throw new InvalidOperationException("LightGBM refused a call.");
        }
    }

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetCreateFromMat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateDataset(float* values, int type, int rows, int columns, int isRowMajor, string parameters, nint reference, out nint dataset);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetSetField", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetField(nint dataset, string name, float* values, int count, int type);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterCreate", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateBooster(nint dataset, string parameters, out nint booster);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterUpdateOneIter")]
    private static partial int Update(nint booster, out int isFinished);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterSaveModelToString")]
    private static partial int Save(nint booster, int first, int iterations, int importance, long capacity, out long length, byte* text);
}
