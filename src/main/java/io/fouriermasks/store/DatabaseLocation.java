package io.fouriermasks.store;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Gives the configuration the database's absolute path as {@code lab.database}: H2 refuses a path
 * that is only implicitly relative, and a relative one would follow the working directory.
 */
public class DatabaseLocation implements ConfigSourceFactory {

  private static final int BELOW_EVERYTHING = 50;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    ConfigValue dataDir = context.getValue("fourier-masks.data-dir");
    String folder = dataDir == null || dataDir.getValue() == null ? "data" : dataDir.getValue();
    Path database = Path.of(folder).toAbsolutePath().normalize().resolve("lab");
    return List.of(
        new PropertiesConfigSource(
            Map.of("lab.database", database.toString()), "database location", BELOW_EVERYTHING));
  }
}
