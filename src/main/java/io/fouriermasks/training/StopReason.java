package io.fouriermasks.training;

/** Why the training of a mask ended. */
public enum StopReason {
  /** The stopping rule held. */
  CONVERGED,
  /** The largest number of steps was reached first. */
  STEP_LIMIT,
  /** Somebody cancelled it; the mask is the last one reached. */
  CANCELLED,
  /** The objective or its gradient became infinite or NaN; the mask is the last finite one. */
  NON_FINITE
}
