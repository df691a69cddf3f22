package io.fouriermasks.api;

import io.fouriermasks.store.Page;
import java.util.List;
import java.util.function.Function;

/**
 * A list in an answer.
 *
 * @param items in the order that the call names
 * @param next cursor of what follows, or null at the end
 */
public record Listing<T>(List<T> items, String next) {

  static <S, T> Listing<T> of(Page<S> page, Function<? super S, T> view) {
    return new Listing<>(page.items().stream().map(view).toList(), page.next());
  }
}
