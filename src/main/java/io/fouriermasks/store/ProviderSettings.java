package io.fouriermasks.store;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Tells Quarkus which provider of OpenID Connect there is, if {@code fourier-masks.oidc.url} names
 * one. Without it nothing is asked of anybody.
 */
public final class ProviderSettings implements ConfigSourceFactory {

  private static final int BELOW_EVERYTHING = 50;
  private static final String OURS = "fourier-masks.oidc.";
  private static final String QUARKUS = "quarkus.oidc.";

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    Map<String, String> settings = new HashMap<>();
    Optional<String> url = value(context, "url");
    settings.put(QUARKUS + "tenant-enabled", Boolean.toString(url.isPresent()));
    if (url.isPresent()) {
      String client = value(context, "client-id").orElse("");
      settings.put(QUARKUS + "auth-server-url", url.get());
      settings.put(QUARKUS + "client-id", client);
      // what is made out to another program must not open this one
      settings.put(
          QUARKUS + "token.audience",
          value(context, "audience").map(more -> client + "," + more).orElse(client));
      settings.put(
          QUARKUS + "roles.role-claim-path", value(context, "roles-claim").orElse("groups"));
      settings.put(
          QUARKUS + "authentication.scopes", value(context, "scopes").orElse("profile,email"));
      value(context, "client-secret").ifPresent(secret -> putSecret(settings, secret));
      value(context, "https")
          .ifPresent(
              https -> {
                settings.put(QUARKUS + "authentication.force-redirect-https-scheme", https);
                settings.put(QUARKUS + "authentication.cookie-force-secure", https);
              });
    }
    return List.of(new PropertiesConfigSource(settings, "sign-in provider", BELOW_EVERYTHING));
  }

  /** Of several servers each reads the cookies of the others: their key follows from the secret. */
  private static void putSecret(Map<String, String> settings, String secret) {
    String key = HexFormat.of().formatHex(AccessToken.sha256("cookies of " + secret));
    settings.put(QUARKUS + "credentials.secret", secret);
    settings.put(QUARKUS + "authentication.state-secret", key);
    settings.put(QUARKUS + "token-state-manager.encryption-secret", key);
  }

  private static Optional<String> value(ConfigSourceContext context, String name) {
    return Optional.ofNullable(context.getValue(OURS + name))
        .map(ConfigValue::getValue)
        .filter(text -> !text.isBlank()); // an empty environment variable is none
  }
}
