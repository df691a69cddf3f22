package io.fouriermasks.report;

import io.fouriermasks.analysis.AnalysisListener;

/** Shows how far the parts of a report are. */
public interface Progress {

  /** Shows nothing. */
  Progress NONE = (name, total, unit) -> () -> {};

  /**
   * A part begins.
   *
   * @param name what is done, for people
   * @param total how many units it has; the task's {@link Task#onProgress} counts them
   * @param unit what is counted: images, epochs
   */
  Task begin(String name, long total, String unit);

  /** A part of the work, from its beginning until it is closed. */
  interface Task extends AnalysisListener, AutoCloseable {
    @Override
    void close();
  }
}
