package io.fouriermasks.command.doctor;

/** The Java that runs the program; the launcher has refused one that is too old. */
public final class JavaCheck implements Check {

  private static final String UTF_8 = "UTF-8";

  private final String encodingOfNames;

  public JavaCheck() {
    this(System.getProperty("sun.jnu.encoding", UTF_8));
  }

  /**
   * @param encodingOfNames how Java writes the names of files, which it takes from the locale
   */
  JavaCheck(String encodingOfNames) {
    this.encodingOfNames = encodingOfNames;
  }

  @Override
  public String name() {
    return "Java";
  }

  @Override
  public Finding look() {
    String java =
        "%s (%s), %d processors, names of files in %s"
            .formatted(
                Runtime.version(),
                System.getProperty("java.vendor"),
                Runtime.getRuntime().availableProcessors(),
                encodingOfNames);
    return encodingOfNames.equals(UTF_8)
        ? new Finding.Ok(java)
        : new Finding.Note(
            java
                + ": datasets with other letters than English ones cannot be taken in. Start it with"
                + " LC_ALL=C.UTF-8.");
  }
}
