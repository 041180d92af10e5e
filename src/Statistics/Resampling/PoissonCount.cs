namespace Lifecycle.Statistics.Resampling;

/// <summary>
/// How often a row or cluster is drawn in one bootstrap sample: Poisson with mean 1, the limit of the multinomial counts
/// as the number of clusters grows, and independent from cluster to cluster (Hanley and MacGibbon, <i>Creating
/// non-parametric bootstrap samples using Poisson frequencies</i>, 2006; Chamandy et al., <i>Estimating uncertainty for
/// massive data streams</i>, 2012).
/// </summary>
internal static class PoissonCount
{
    // P(X ≤ k) · 2⁶⁴ rounded down, k = 0 … 20: written out, so that no machine's exponential function takes part.
    private static readonly ulong[] Cumulative =
    [
        0x5E2D_58D8_B3BC_DF1A, 0xBC5A_B1B1_6779_BE35, 0xEB71_5E1D_C158_2DC2, 0xFB23_9797_34A2_52F1,
        0xFF10_25F5_9174_DC3D, 0xFFD9_0F3B_A405_5E19, 0xFFFA_8B71_FC72_C913, 0xFFFF_540C_0914_B3C9,
        0xFFFF_ED1F_4AA8_F120, 0xFFFF_FE21_6E64_1462, 0xFFFF_FFD4_D85D_3183, 0xFFFF_FFFC_6DA2_62B4,
        0xFFFF_FFFF_BA12_D178, 0xFFFF_FFFF_FB07_C64C, 0xFFFF_FFFF_FFAB_8EA5, 0xFFFF_FFFF_FFFA_BE22,
        0xFFFF_FFFF_FFFF_B11A, 0xFFFF_FFFF_FFFF_FBA1, 0xFFFF_FFFF_FFFF_FFC5, 0xFFFF_FFFF_FFFF_FFFD,
        0xFFFF_FFFF_FFFF_FFFF,
    ];

    /// <summary>The count that a uniform 64-bit draw stands for, by inversion.</summary>
    public static int Of(ulong draw)
    {
        // Four comparisons without a branch settle 98% of the draws; the processor could not have guessed them.
        int count = (draw >= 0x5E2D_58D8_B3BC_DF1A ? 1 : 0)
            + (draw >= 0xBC5A_B1B1_6779_BE35 ? 1 : 0)
            + (draw >= 0xEB71_5E1D_C158_2DC2 ? 1 : 0)
            + (draw >= 0xFB23_9797_34A2_52F1 ? 1 : 0);
        return count < 4 ? count : OfTail(draw);
    }

    private static int OfTail(ulong draw)
    {
        int count = 4;
        while (count < Cumulative.Length && draw >= Cumulative[count])
        {
            count++;
        }

        return count;
    }
}
