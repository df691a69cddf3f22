package io.fouriermasks.store;

/** Another worker has the job now, or nobody has. Nothing was written. */
public class LeaseLostException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LeaseLostException(Lease lease) {
    super(
        "job %d is no longer held by its worker number %d".formatted(lease.job(), lease.number()));
  }
}
