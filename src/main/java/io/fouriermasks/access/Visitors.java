package io.fouriermasks.access;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.fouriermasks.store.AccessSecret;
import io.fouriermasks.store.Users;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Who the tokens belong to. A page sends dozens of requests, so an answer of the database holds for
 * a few seconds: that long a user who was shut out by another process still comes in here.
 */
@Singleton
public class Visitors {

  static final Duration KNOWN_FOR = Duration.ofSeconds(5);

  /** Tokens that are none are remembered too; these are the most recent ones. */
  private static final int MOST = 10_000;

  private final AccessSecret secret;
  private final AsyncCache<String, Optional<Visitor>> known;
  private final Users users;

  @Inject
  public Visitors(AccessSecret secret, Users users) {
    this(secret, users, Ticker.systemTicker(), Infrastructure.getDefaultWorkerPool());
  }

  Visitors(AccessSecret secret, Users users, Ticker ticker, Executor executor) {
    this.secret = secret;
    this.users = users;
    this.known =
        Caffeine.newBuilder()
            .expireAfterWrite(KNOWN_FOR)
            .maximumSize(MOST)
            .ticker(ticker)
            .executor(executor)
            .buildAsync();
  }

  /**
   * Who has this token. Never blocks; fails if the database must be asked and does not answer.
   *
   * @param token or null, which is nobody's
   */
  public CompletableFuture<Optional<Visitor>> find(String token) {
    if (token == null || token.isEmpty()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    if (secret.opens(token)) {
      return CompletableFuture.completedFuture(Optional.of(Visitor.FIRST));
    }
    return known.get(token, unknown -> users.admitted(unknown).map(Visitor::of));
  }

  /**
   * Whether somebody who was let in may stay; a database that does not answer shuts nobody out.
   * Blocks.
   */
  public boolean isStillKnown(String token) {
    return secret.isOpen()
        || find(token).handle((found, gone) -> gone != null || found.isPresent()).join();
  }

  /** Asks the database anew from now on: who may do what has changed. */
  public void forget() {
    known.synchronous().invalidateAll();
  }
}
