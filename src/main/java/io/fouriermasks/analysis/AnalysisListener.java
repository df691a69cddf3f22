package io.fouriermasks.analysis;

import java.util.concurrent.CancellationException;

/**
 * What a long analysis reports and asks while it works, on the thread that called it. An analysis
 * that is cancelled has no result: it ends with a {@link CancellationException}.
 */
public interface AnalysisListener {

  /** Hears nothing and never cancels. */
  AnalysisListener NONE = new AnalysisListener() {};

  /**
   * Some of the work is done.
   *
   * @param done how many of what the analysis counts (images, frequencies, epochs) are finished
   */
  default void onProgress(int done) {}

  /** Asked between two passes through the network; {@code true} ends the analysis. */
  default boolean isCancelled() {
    return false;
  }

  /**
   * Ends a cancelled analysis.
   *
   * @throws CancellationException if {@link #isCancelled}
   */
  static void requireGoingOn(AnalysisListener listener) {
    if (listener.isCancelled()) {
      throw new CancellationException("The analysis was cancelled");
    }
  }
}
