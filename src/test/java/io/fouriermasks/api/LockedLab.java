package io.fouriermasks.api;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A lab that other machines can reach: it needs a token. */
public class LockedLab implements QuarkusTestProfile {

  public static final String TOKEN = "a token that nobody guesses";

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of("fourier-masks.access.required", "true", "fourier-masks.access.token", TOKEN);
  }
}
