using Microsoft.Win32.SafeHandles;

namespace Lifecycle.Training.LightGbm;

/// <summary>LightGBM's handle of binned rows.</summary>
internal sealed class DatasetHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle() => Native.FreeDataset(handle) == 0;
}

/// <summary>LightGBM's handle of trees.</summary>
internal sealed class BoosterHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle() => Native.FreeBooster(handle) == 0;
}
