package io.fouriermasks.report;

/** A folder of a study is not there, or holds something that cannot be used. */
public final class InvalidStudyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final StudyFolders.Part part;

  InvalidStudyException(StudyFolders.Part part, String message) {
    super(message);
    this.part = part;
  }

  InvalidStudyException(StudyFolders.Part part, String message, Throwable cause) {
    super(message, cause);
    this.part = part;
  }

  /** Whose folder it is. */
  public StudyFolders.Part part() {
    return part;
  }
}
