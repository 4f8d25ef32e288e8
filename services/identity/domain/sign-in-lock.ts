/**
 * Seconds that a name is locked after its n-th failed try in a row (1-based; the last for all
 * later ones). Four slips are free. The wait grows to a quarter of an hour and no further: longer
 * would let a stranger keep the holder out.
 */
export const lockSecondsByFailure: readonly number[] = [0, 0, 0, 0, 30, 60, 120, 240, 480, 900];
