package io.fouriermasks.job;

/** The speed of a job cannot be measured now. The message is for the user. */
public class MeasurementRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MeasurementRefusedException(String message) {
    super(message);
  }

  MeasurementRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
