package io.fouriermasks.command;

import io.fouriermasks.store.SecretFiles;
import java.util.Map;

/** The variables that the process was started with, and the secrets that lie in files. */
final class LabEnvironment {

  private LabEnvironment() {}

  /**
   * Those of this process.
   *
   * @throws UsageException if a file that one of them names cannot be read
   */
  static Map<String, String> variables() {
    return with(System.getenv());
  }

  /** These, and what lies in the files that they name. */
  static Map<String, String> with(Map<String, String> environment) {
    try {
      return SecretFiles.resolve(environment);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }
}
