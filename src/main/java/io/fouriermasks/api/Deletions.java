package io.fouriermasks.api;

import io.fouriermasks.access.CurrentVisitor;
import io.fouriermasks.access.Permissions;
import io.fouriermasks.store.LabConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/**
 * What holds for everything that can be deleted: whose it is to delete, and until when it is kept.
 */
@Singleton
class Deletions {

  private final CurrentVisitor visitor;
  private final Duration kept;

  Deletions(CurrentVisitor visitor, LabConfig config) {
    this.visitor = visitor;
    this.kept = config.retention().deleted();
  }

  /** For how many seconds it can be restored; 0 is for ever. */
  long secondsToRestore() {
    return kept.toSeconds();
  }

  /** From when on what was deleted then is removed for good; null for never. */
  Instant removedAt(Instant deletedAt) {
    return kept.isZero() ? null : deletedAt.plus(kept);
  }

  /** Whether who asks may delete and restore what somebody made. */
  boolean isAllowed(String createdBy) {
    return Permissions.mayDelete(visitor.get(), createdBy);
  }

  /**
   * Refuses who may not.
   *
   * @param origin what it is and how it came here, such as {@code Job 3 was started}
   * @throws ProblemException 403
   */
  void require(String origin, String createdBy) {
    if (!isAllowed(createdBy)) {
      throw new ProblemException(
          Problem.of(
              403,
              "It is not yours",
              "%s by %s; to delete or restore it needs the role admin."
                  .formatted(origin, createdBy == null ? "nobody known" : createdBy)));
    }
  }
}
