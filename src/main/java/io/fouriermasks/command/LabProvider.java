package io.fouriermasks.command;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;

/** The provider of OpenID Connect that people sign in through. */
final class LabProvider {

  private static final String URL = "FOURIER_MASKS_OIDC_URL";
  private static final String CLIENT = "FOURIER_MASKS_OIDC_CLIENT_ID";

  private LabProvider() {}

  /**
   * The address of the provider that the environment names, if it does; nothing is asked of it yet.
   *
   * @throws UsageException if it is none, or what else is needed is missing
   */
  static Optional<URI> url(Map<String, String> environment) {
    Optional<String> url = value(environment, URL);
    boolean hasClient = value(environment, CLIENT).isPresent();
    if (url.isPresent() && !hasClient) {
      throw new UsageException(
          "%s names a provider to sign in through, but the client id is missing: set %s to what the provider knows the lab as, or unset %s"
              .formatted(URL, CLIENT, URL));
    }
    if (url.isEmpty() && hasClient) {
      throw new UsageException(
          "%s is set, but the provider to sign in through is missing: set %s to its issuer, such as https://login.example.org/realms/lab, or unset %s"
              .formatted(CLIENT, URL, CLIENT));
    }
    return url.map(LabProvider::address);
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
  }

  private static URI address(String text) {
    try {
      URI url = new URI(text.strip());
      boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (isHttp && url.getHost() != null && url.getUserInfo() == null) {
        return url;
      }
    } catch (URISyntaxException e) {
      // is said below, without the text: somebody may have put a secret into it
    }
    throw new UsageException(
        "%s must be the provider's issuer, such as https://login.example.org/realms/lab"
            .formatted(URL));
  }
}
