package io.fouriermasks.store;

import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import org.jdbi.v3.core.Jdbi;

/** Which database keeps the lab. */
@Singleton
public class DatabaseProduct {

  private final LabConfig config;
  private final Provider<Jdbi> jdbi;

  public DatabaseProduct(LabConfig config, Provider<Jdbi> jdbi) {
    this.config = config;
    this.jdbi = jdbi;
  }

  /** Whether other processes may use the same lab at the same time. */
  public boolean isShared() {
    return config.databaseUrl().filter(url -> !url.isBlank()).isPresent();
  }

  /** Name and version, such as {@code H2 2.4.240}. */
  public String nameAndVersion() {
    return jdbi.get()
        .withHandle(
            handle -> {
              try {
                DatabaseMetaData database = handle.getConnection().getMetaData();
                // H2 adds the date of its release in brackets
                return database.getDatabaseProductName()
                    + " "
                    + database.getDatabaseProductVersion().replaceAll(" \\(.*", "");
              } catch (SQLException e) {
                throw new IllegalStateException("the database does not tell what it is", e);
              }
            });
  }
}
