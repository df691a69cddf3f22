package io.fouriermasks.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fouriermasks.store.LabConfig;
import io.github.bucket4j.TimeMeter;
import io.netty.util.NetUtil;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Who comes in with a token, so that nobody can guess one: an address may be wrong a few times a
 * minute, and what comes on top is not looked at. The same wrong token counts once, since it is one
 * guess: a page whose token has run out asks for a dozen things at once. Who was let in within the
 * last hour is not held up, for others may guess behind the same address.
 */
@Singleton
public class Door {

  private static final Duration GUESS = Duration.ofMinutes(1);
  private static final Duration GUEST = Duration.ofHours(1);

  private static final int IPV6 = 16;

  /** Of guesses, and of guests, that are remembered. */
  private static final int MOST = 10_000;

  private final Visitors visitors;
  private final Buckets wrong;
  private final Cache<Guess, Boolean> guesses;
  private final Cache<String, Boolean> guests;

  private record Guess(String network, String token) {}

  @Inject
  public Door(Visitors visitors, LabConfig config, TimeMeter time) {
    this(visitors, config.access().maxWrongTokensPerMinute(), time);
  }

  Door(Visitors visitors, int wrongAMinute, TimeMeter time) {
    this.visitors = visitors;
    this.wrong = new Buckets(wrongAMinute, time);
    this.guesses =
        Caffeine.newBuilder()
            .expireAfterWrite(GUESS)
            .maximumSize(MOST)
            .ticker(time::currentTimeNanos)
            .build();
    this.guests =
        Caffeine.newBuilder()
            .expireAfterAccess(GUEST)
            .maximumSize(MOST)
            .ticker(time::currentTimeNanos)
            .build();
  }

  /**
   * Who has a token. Never blocks; fails with {@link TooManyRequestsException} if the address has
   * guessed too often, and if the database must be asked and does not answer.
   *
   * @param address that it comes from
   * @param token or null, which is nobody's and no guess
   */
  public CompletableFuture<Optional<Visitor>> find(String address, String token) {
    if (token == null || token.isEmpty() || guests.getIfPresent(token) != null) {
      return visitors.find(token).whenComplete((found, gone) -> forget(token, found));
    }
    Guess guess = new Guess(network(address), token);
    boolean isNew = guesses.asMap().putIfAbsent(guess, true) == null;
    if (isNew) {
      Duration wait = wrong.take(guess.network());
      if (!wait.isZero()) {
        guesses.invalidate(guess);
        return CompletableFuture.failedFuture(TooManyRequestsException.guesses(wait));
      }
    }
    return visitors.find(token).whenComplete((found, gone) -> judge(guess, isNew, found));
  }

  /** Who has one address of IPv6 has all that begin with the same eight bytes. */
  private static String network(String address) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    return bytes != null && bytes.length == IPV6 ? HexFormat.of().formatHex(bytes, 0, 8) : address;
  }

  /** A guest whose token opens nothing any more is one who guesses. */
  private void forget(String token, Optional<Visitor> found) {
    if (token != null && found != null && found.isEmpty()) {
      guests.invalidate(token);
    }
  }

  private void judge(Guess guess, boolean isNew, Optional<Visitor> found) {
    if (found != null && found.isEmpty()) {
      return; // wrong: it stays taken
    }
    if (found != null) {
      guests.put(guess.token(), true);
    }
    guesses.invalidate(guess);
    if (isNew) {
      wrong.giveBack(guess.network());
    }
  }
}
