package io.fouriermasks.store;

import io.smallrye.config.PropertiesConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.ConfigSourceProvider;

/**
 * Secrets as container engines hand them over: in files, so that they are not among the variables
 * that everybody sees who may look at a container. {@code NAME_FILE} names the file whose content
 * is the value of {@code NAME}; a {@code NAME} that is there itself wins.
 */
public final class SecretFiles implements ConfigSourceProvider {

  private static final String SUFFIX = "_FILE";

  /** As environment variables are: files beside them have the same weight. */
  private static final int LIKE_THE_ENVIRONMENT = 300;

  /** Variables that can lie in files, and the settings that they are. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "FOURIER_MASKS_ACCESS_TOKEN", "fourier-masks.access.token",
          "FOURIER_MASKS_DATABASE_PASSWORD", "fourier-masks.database-password",
          "FOURIER_MASKS_OIDC_CLIENT_SECRET", "fourier-masks.oidc.client-secret");

  /**
   * The variables, and those that lie in files.
   *
   * @throws IllegalArgumentException if a file that is named cannot be read
   */
  public static Map<String, String> resolve(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    for (String name : SETTINGS.keySet()) {
      String file = environment.getOrDefault(name + SUFFIX, "");
      if (!file.isBlank() && environment.getOrDefault(name, "").isBlank()) {
        all.put(name, read(name + SUFFIX, Path.of(file)));
      }
    }
    return all;
  }

  private static String read(String variable, Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s: the file %s cannot be read".formatted(variable, file), e);
    }
  }

  @Override
  public Iterable<ConfigSource> getConfigSources(ClassLoader loader) {
    Map<String, String> environment = System.getenv();
    Map<String, String> settings = new HashMap<>();
    resolve(environment)
        .forEach(
            (name, value) -> {
              String setting = SETTINGS.get(name);
              if (setting != null && !value.equals(environment.get(name))) {
                settings.put(setting, value);
              }
            });
    return List.of(new PropertiesConfigSource(settings, "secret files", LIKE_THE_ENVIRONMENT));
  }
}
