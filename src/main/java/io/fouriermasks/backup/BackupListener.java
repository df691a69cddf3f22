package io.fouriermasks.backup;

/** Is told how far a backup is, and asked whether it is to go on. */
public interface BackupListener {

  /** Nobody looks on. */
  BackupListener NONE = (done, total, name) -> {};

  /**
   * A file was copied.
   *
   * @param done bytes that were copied
   * @param total bytes to be copied
   * @param name of the file last copied
   */
  void onProgress(long done, long total, String name);

  /** Whether the work is to end before it is done, leaving nothing behind. */
  default boolean isStopped() {
    return false;
  }
}
