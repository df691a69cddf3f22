package io.fouriermasks.store;

import java.sql.SQLException;
import java.util.Set;
import java.util.function.Predicate;
import org.jdbi.v3.core.ConnectionException;

/** Whether an error says that the database does not answer, rather than what it answers. */
public final class DatabaseGone implements Predicate<Throwable> {

  /**
   * Of PostgreSQL: shut down, crashed, starting, too many connections; of H2: closed, which it does
   * by itself when it cannot write.
   */
  private static final Set<String> STATES = Set.of("57P01", "57P02", "57P03", "53300", "90098");

  @Override
  public boolean test(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectionException
          || (cause instanceof SQLException failed
              && (isOfConnection(failed.getSQLState()) || DiskFullException.isCauseOf(failed)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfConnection(String state) {
    return state != null && (state.startsWith("08") || STATES.contains(state));
  }
}
