package io.fouriermasks.command.doctor;

/** The Java that runs the program; the launcher has refused one that is too old. */
public final class JavaCheck implements Check {

  @Override
  public String name() {
    return "Java";
  }

  @Override
  public Finding look() {
    return new Finding.Ok(
        "%s (%s), %d processors"
            .formatted(
                Runtime.version(),
                System.getProperty("java.vendor"),
                Runtime.getRuntime().availableProcessors()));
  }
}
