package io.fouriermasks.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Where a PostgreSQL is and who asks it.
 *
 * @param jdbc the address for JDBC, without user and password
 */
public record DatabaseAddress(String jdbc, Optional<String> user, Optional<String> password) {

  /** Environment variable with the address. */
  public static final String URL = "FOURIER_MASKS_DATABASE_URL";

  private static final String USER = "FOURIER_MASKS_DATABASE_USER";
  private static final String PASSWORD = "FOURIER_MASKS_DATABASE_PASSWORD";

  private static final String EXPECTED =
      "expected postgresql://USER:PASSWORD@HOST:PORT/NAME, such as"
          + " postgresql://lab:secret@db.example.org:5432/lab";

  /**
   * Reads {@code postgresql://USER:PASSWORD@HOST:PORT/NAME}; port, user and password can be left
   * out, and {@code jdbc:} may come before it. A user and a password with special characters are
   * percent-encoded.
   *
   * @throws IllegalArgumentException if it is anything else; the message does not repeat it, for it
   *     may have a password
   */
  public static DatabaseAddress parse(String text) {
    String plain = text.strip();
    URI uri;
    try {
      uri = new URI(plain.startsWith("jdbc:") ? plain.substring("jdbc:".length()) : plain);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("the address of the database is none; " + EXPECTED);
    }
    boolean isPostgres = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
    String name = uri.getPath();
    if (!isPostgres || uri.getHost() == null || name == null || name.length() < 2) {
      throw new IllegalArgumentException("the address of the database is none; " + EXPECTED);
    }
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String jdbc = "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query;
    String identity = uri.getRawUserInfo();
    if (identity == null) {
      return new DatabaseAddress(jdbc, Optional.empty(), Optional.empty());
    }
    int colon = identity.indexOf(':');
    return colon < 0
        ? new DatabaseAddress(jdbc, Optional.of(decoded(identity)), Optional.empty())
        : new DatabaseAddress(
            jdbc,
            Optional.of(decoded(identity.substring(0, colon))),
            Optional.of(decoded(identity.substring(colon + 1))));
  }

  /**
   * The address that environment variables give: {@link #URL}, and user and password if it has
   * none.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Optional<DatabaseAddress> of(Map<String, String> environment) {
    return Optional.ofNullable(environment.get(URL))
        .filter(url -> !url.isBlank())
        .map(DatabaseAddress::parse)
        .map(
            address ->
                new DatabaseAddress(
                    address.jdbc,
                    address.user.or(() -> Optional.ofNullable(environment.get(USER))),
                    address.password.or(() -> Optional.ofNullable(environment.get(PASSWORD)))));
  }

  /** What a connection is opened with; it fails after some seconds where nobody answers. */
  public Properties login() {
    Properties login = new Properties();
    user.ifPresent(name -> login.setProperty("user", name));
    password.ifPresent(secret -> login.setProperty("password", secret));
    login.setProperty("connectTimeout", "5");
    login.setProperty("socketTimeout", "10");
    return login;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return jdbc;
  }
}
