using System.Runtime.InteropServices;
using Lifecycle.Training.Trainers;

[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace Lifecycle.Training.LightGbm;

/// <summary>
/// LightGBM's C API, as its header <c>LightGBM/c_api.h</c> of version 4 has it: each call answers 0, or leaves a message. The library
/// lies in the package LightGBM.
/// </summary>
internal static unsafe partial class Native
{
    /// <summary>Type of 32-bit floats in the API.</summary>
    public const int Float32 = 0;

    /// <summary>Type of 64-bit integers in the API.</summary>
    public const int Int64 = 3;

    /// <summary>Rows stand one after the other.</summary>
    public const int RowMajor = 1;

    /// <summary>Number of the rows that trees are grown on.</summary>
    public const int Training = 0;

    /// <summary>Number of the rows that were added for validation.</summary>
    public const int Validation = 1;

    /// <summary>Predict what the objective's link makes of the raw score.</summary>
    public const int PredictNormal = 0;

    private const string Library = "lib_lightgbm";

    // Its threads read the environment once, when the library is loaded.
    static Native() => OpenMpThreads.SleepAtBarriers();

    /// <exception cref="UntrainableException">LightGBM refused; the message is its own.</exception>
    public static void Demand(int answer)
    {
        if (answer != 0)
        {
            throw new UntrainableException($"LightGBM says: {Marshal.PtrToStringUTF8(GetLastError())?.Trim().TrimEnd('.')}");
        }
    }

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetCreateFromCSR", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int CreateDataset(
        long* rowStarts, int rowStartType, int* columns, float* values, int valueType, long rowStartCount, long entryCount, long columnCount, string parameters, nint reference, out DatasetHandle dataset);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetCreateFromMat", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int CreateDataset(
        float* values, int valueType, int rowCount, int columnCount, int isRowMajor, string parameters, nint reference, out DatasetHandle dataset);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetSetField", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetField(DatasetHandle dataset, string name, float* values, int count, int type);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetFree")]
    public static partial int FreeDataset(nint dataset);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterCreate", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int CreateBooster(DatasetHandle dataset, string parameters, out BoosterHandle booster);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterLoadModelFromString")]
    public static partial int LoadBooster(byte* model, out int iterations, out BoosterHandle booster);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterAddValidData")]
    public static partial int AddValidation(BoosterHandle booster, DatasetHandle dataset);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterGetEvalCounts")]
    public static partial int CountLosses(BoosterHandle booster, out int count);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterGetEval")]
    public static partial int Losses(BoosterHandle booster, int rows, out int count, double* losses);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterGetNumPredict")]
    public static partial int CountPredictions(BoosterHandle booster, int rows, out long count);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterGetPredict")]
    public static partial int Predictions(BoosterHandle booster, int rows, out long count, double* predictions);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterGetNumClasses")]
    public static partial int CountScores(BoosterHandle booster, out int count);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterGetNumFeature")]
    public static partial int CountFeatures(BoosterHandle booster, out int count);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterFree")]
    public static partial int FreeBooster(nint booster);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterUpdateOneIter")]
    public static partial int Update(BoosterHandle booster, out int isFinished);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterSaveModelToString")]
    public static partial int Save(BoosterHandle booster, int firstIteration, int iterations, int importance, long capacity, out long length, byte* text);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterPredictForCSR", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Predict(
        BoosterHandle booster, long* rowStarts, int rowStartType, int* columns, float* values, int valueType, long rowStartCount, long entryCount, long columnCount, int kind, int firstIteration, int iterations, string parameters, out long length, double* predictions);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterPredictForMat", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Predict(
        BoosterHandle booster, float* values, int valueType, int rowCount, int columnCount, int isRowMajor, int kind, int firstIteration, int iterations, string parameters, out long length, double* predictions);

    [LibraryImport(Library, EntryPoint = "LGBM_GetLastError")]
    private static partial nint GetLastError();
}
