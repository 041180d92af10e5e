using System.Runtime.InteropServices;

[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace Lifecycle.InferenceSpeed;

/// <summary>LightGBM's own predictors on one thread: of single rows, prepared once (its <c>SingleRowFast</c>), and of a matrix.</summary>
internal sealed unsafe partial class NativeTrees
{
    private const string Library = "lib_lightgbm";
    private const string Parameters = "num_threads=1 verbosity=-1";
    private const int Float32 = 0;
    private const int Raw = 1;

    private readonly nint booster;
    private readonly nint fast;
    private readonly int features;

    public NativeTrees(byte[] model, int features)
    {
        this.features = features;
        fixed (byte* text = (byte[])[.. model, 0])
        {
            Demand(Load(text, out _, out booster));
        }

        Demand(PrepareFast(booster, Raw, 0, -1, Float32, features, Parameters, out fast));
    }

    public double Predict(float* row)
    {
        double answer;
        Demand(PredictFast(fast, row, out _, &answer));
        return answer;
    }

    public void Predict(float* rows, int count, double* answers) =>
        Demand(PredictMatrix(booster, rows, Float32, count, features, 1, Raw, 0, -1, Parameters, out _, answers));

    private static void Demand(int answer)
    {
        if (answer != 0)
        {
            throw new InvalidOperationException("LightGBM refused a call.");
        }
    }

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterLoadModelFromString")]
    private static partial int Load(byte* text, out int iterations, out nint booster);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterPredictForMatSingleRowFastInit", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int PrepareFast(nint booster, int kind, int first, int iterations, int type, int columns, string parameters, out nint fast);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterPredictForMatSingleRowFast")]
    private static partial int PredictFast(nint fast, float* row, out long length, double* answers);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterPredictForMat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int PredictMatrix(
        nint booster, float* rows, int type, int count, int columns, int isRowMajor, int kind, int first, int iterations, string parameters, out long length, double* answers);
}
