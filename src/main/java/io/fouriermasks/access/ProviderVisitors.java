package io.fouriermasks.access;

import io.fouriermasks.store.Actor;
import io.fouriermasks.store.LabConfig;
import io.fouriermasks.store.Role;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** What those whom the provider knows are called here, and what they may do. */
@Singleton
public class ProviderVisitors {

  /** No user of the lab has a name with this in it: nobody is taken for somebody else. */
  static final String PREFIX = "oidc:";

  private static final List<String> NAME_CLAIMS = List.of("preferred_username", "email");

  /** What fits on a line and into a row; anything else is no name. */
  private static final Pattern NAME =
      Pattern.compile("[^\\p{Cntrl}\\p{Cf}\\p{Z}][^\\p{Cntrl}\\p{Cf}]{0,99}");

  private final LabConfig.Oidc config;
  private final Clock clock;

  @Inject
  public ProviderVisitors(LabConfig config) {
    this(config.oidc(), Clock.systemUTC()); // by which tokens run out, not the database's
  }

  ProviderVisitors(LabConfig.Oidc config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  /**
   * Somebody whom the provider knows.
   *
   * @param role or empty, if they have none in this lab
   * @param until when their token runs out
   */
  public record Known(Actor actor, Optional<Role> role, Instant until) {}

  /** Whether there is a provider. */
  public boolean isThere() {
    return config.url().isPresent();
  }

  /** Whose identity that is; empty if it is nobody's. */
  public Optional<Known> of(SecurityIdentity identity) {
    return identity != null && identity.getPrincipal() instanceof JsonWebToken token
        ? Optional.of(
            new Known(
                new Actor(PREFIX + name(token)),
                role(identity.getRoles()),
                Instant.ofEpochSecond(token.getExpirationTime())))
        : Optional.empty();
  }

  /** Whether a token that holds until then still does. */
  public boolean holds(Instant until) {
    return clock.instant().isBefore(until);
  }

  private String name(JsonWebToken token) {
    return config.nameClaim().map(List::of).orElse(NAME_CLAIMS).stream()
        .map(claim -> token.<Object>claim(claim).orElse(null))
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .filter(NAME.asMatchPredicate())
        .findFirst()
        .orElseGet(token::getSubject);
  }

  private Optional<Role> role(Set<String> values) {
    Predicate<Optional<Set<String>>> isAmong =
        named -> named.isPresent() && !Collections.disjoint(named.get(), values);
    if (isAmong.test(config.admins())) {
      return Optional.of(Role.ADMIN);
    }
    if (isAmong.test(config.researchers())) {
      return Optional.of(Role.RESEARCHER);
    }
    return config.viewers().isEmpty() || isAmong.test(config.viewers())
        ? Optional.of(Role.VIEWER)
        : Optional.empty();
  }
}
