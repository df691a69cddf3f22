package io.fouriermasks.store;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * A part of a list, newest first.
 *
 * @param items at most as many as were asked for
 * @param next cursor of what follows, or null at the end
 */
public record Page<T>(List<T> items, String next) {

  /** The last cursor of all: start with the newest. */
  public static final long START = Long.MAX_VALUE;

  /** Cuts a list that was read with one row more than the limit. */
  static <T> Page<T> of(List<T> rows, int limit, ToLongFunction<T> key) {
    if (rows.size() <= limit) {
      return new Page<>(rows, null);
    }
    List<T> items = rows.subList(0, limit);
    return new Page<>(items, Long.toString(key.applyAsLong(items.get(limit - 1))));
  }

  /** The same page of something else. */
  public <R> Page<R> map(Function<? super T, R> mapper) {
    return new Page<>(items.stream().map(mapper).toList(), next);
  }
}
