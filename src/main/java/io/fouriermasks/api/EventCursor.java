package io.fouriermasks.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How far a reader of events is in each job: {@code 1:240,2:17}.
 *
 * @param seqs number of the last event seen, by job, in the order of the request
 */
record EventCursor(Map<Long, Long> seqs) {

  private static final Pattern TEXT = Pattern.compile("\\d{1,18}:\\d{1,18}(,\\d{1,18}:\\d{1,18})*");

  EventCursor {
    seqs = new LinkedHashMap<>(seqs);
  }

  /** Reads a cursor; empty if it is none. */
  static Optional<EventCursor> parse(String text) {
    if (text == null || !TEXT.matcher(text).matches()) {
      return Optional.empty();
    }
    Map<Long, Long> seqs = new LinkedHashMap<>();
    for (String part : text.split(",", -1)) {
      int colon = part.indexOf(':');
      seqs.put(Long.parseLong(part.substring(0, colon)), Long.parseLong(part.substring(colon + 1)));
    }
    return Optional.of(new EventCursor(seqs));
  }

  EventCursor with(long job, long seq) {
    EventCursor next = new EventCursor(seqs);
    next.seqs.put(job, seq);
    return next;
  }

  @Override
  public String toString() {
    return seqs.entrySet().stream()
        .map(entry -> entry.getKey() + ":" + entry.getValue())
        .collect(Collectors.joining(","));
  }
}
