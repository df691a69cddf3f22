package io.fouriermasks.report;

/**
 * A line of the table of checks.
 *
 * @param id A1 to A16
 * @param subject architecture and training that it is about
 * @param measured what was found
 * @param band what is asked for
 * @param outcome whether it was found
 * @param reason why it was not measured, else empty
 */
public record Check(
    String id, String subject, String measured, String band, Outcome outcome, String reason) {

  /** How a check ended. */
  public enum Outcome {
    PASS("pass"),
    FAIL("fail"),
    NOT_MEASURED("not measured");

    private final String text;

    Outcome(String text) {
      this.text = text;
    }
  }

  static Check of(String id, String subject, String measured, String band, boolean passes) {
    return new Check(id, subject, measured, band, passes ? Outcome.PASS : Outcome.FAIL, "");
  }

  static Check notMeasured(String id, String subject, String band, String reason) {
    return new Check(id, subject, "", band, Outcome.NOT_MEASURED, reason);
  }

  /** The same, with what is known although nothing can be asked of it. */
  static Check notMeasured(String id, String subject, String measured, String band, String reason) {
    return new Check(id, subject, measured, band, Outcome.NOT_MEASURED, reason);
  }

  /** {@code pass}, {@code fail} or {@code not measured: why}. */
  public String verdict() {
    return reason.isEmpty() ? outcome.text : outcome.text + ": " + reason;
  }
}
