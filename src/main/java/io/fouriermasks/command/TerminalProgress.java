package io.fouriermasks.command;

import io.fouriermasks.report.Progress;
import java.io.PrintWriter;

/** Shows the parts of an analysis on the terminal. */
record TerminalProgress(PrintWriter out) implements Progress {

  @Override
  public Task begin(String name, long total, String unit) {
    Terminal terminal = Terminal.of(out, name, total);
    return new Task() {
      @Override
      public void onProgress(int done) {
        terminal.update(done, total, unit);
      }

      @Override
      public void close() {
        terminal.close();
      }
    };
  }
}
