package io.fouriermasks.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventCursorTest {

  @Test
  void a_cursor_is_read_as_it_was_written() {
    EventCursor cursor = EventCursor.parse("1:240,2:17").orElseThrow();
    assertThat(cursor.seqs()).isEqualTo(Map.of(1L, 240L, 2L, 17L));
    assertThat(cursor).hasToString("1:240,2:17");
    assertThat(cursor.with(2, 18)).hasToString("1:240,2:18");
    assertThat(cursor).hasToString("1:240,2:17");
  }

  @Test
  void anything_else_is_no_cursor() {
    for (String text : List.of("", "1", "1:", ":1", "a:b", "1:2,", "1:-2", "1:2;3:4")) {
      assertThat(EventCursor.parse(text)).as(text).isEmpty();
    }
    assertThat(EventCursor.parse(null)).isEmpty();
  }
}
