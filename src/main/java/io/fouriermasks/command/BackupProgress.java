package io.fouriermasks.command;

import io.fouriermasks.backup.BackupListener;
import java.io.PrintWriter;

/** Shows how far a backup is, in kilobytes, and lets Ctrl-C end it. */
final class BackupProgress implements BackupListener, AutoCloseable {

  private final Terminal terminal;
  private final Interruption interruption;

  BackupProgress(PrintWriter out, String task, Interruption interruption) {
    this.terminal = Terminal.of(out, task, 1);
    this.interruption = interruption;
  }

  @Override
  public void onProgress(long done, long total, String name) {
    terminal.update(done >> 10, Math.max(1, total >> 10), "kB, " + name);
  }

  @Override
  public boolean isStopped() {
    return interruption.isRequested();
  }

  @Override
  public void close() {
    terminal.close();
  }
}
