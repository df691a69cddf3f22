package io.fouriermasks.backup;

/** The listener wanted the work to end; nothing of it is left. */
public class BackupStoppedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BackupStoppedException() {
    super("stopped; nothing was kept");
  }
}
