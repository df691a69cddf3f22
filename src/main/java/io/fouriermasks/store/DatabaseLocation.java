package io.fouriermasks.store;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Tells Quarkus which of the two databases is used and where it is. The path of the H2 file, {@code
 * lab.database}, is absolute: H2 refuses one that is only implicitly relative, and a relative one
 * would follow the working directory.
 */
public class DatabaseLocation implements ConfigSourceFactory {

  private static final int BELOW_EVERYTHING = 50;
  private static final String H2 = "quarkus.datasource.h2.";
  private static final String POSTGRESQL = "quarkus.datasource.postgresql.";

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    Optional<String> url = value(context, "fourier-masks.database-url");
    Map<String, String> settings = new HashMap<>();
    settings.put("lab.database", file(context).toString());
    settings.put(H2 + "active", Boolean.toString(url.isEmpty()));
    settings.put(POSTGRESQL + "active", Boolean.toString(url.isPresent()));
    url.map(DatabaseAddress::parse)
        .ifPresent(
            address -> {
              settings.put(POSTGRESQL + "jdbc.url", address.jdbc());
              address
                  .user()
                  .or(() -> value(context, "fourier-masks.database-user"))
                  .ifPresent(user -> settings.put(POSTGRESQL + "username", user));
              address
                  .password()
                  .or(() -> value(context, "fourier-masks.database-password"))
                  .ifPresent(password -> settings.put(POSTGRESQL + "password", password));
            });
    return List.of(new PropertiesConfigSource(settings, "database location", BELOW_EVERYTHING));
  }

  private static Path file(ConfigSourceContext context) {
    String folder = value(context, "fourier-masks.data-dir").orElse("data");
    return Path.of(folder).toAbsolutePath().normalize().resolve("lab");
  }

  private static Optional<String> value(ConfigSourceContext context, String name) {
    ConfigValue value = context.getValue(name);
    return Optional.ofNullable(value)
        .map(ConfigValue::getValue)
        .filter(text -> !text.isBlank()); // an empty environment variable is none
  }
}
