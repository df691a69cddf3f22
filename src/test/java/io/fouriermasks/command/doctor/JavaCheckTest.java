package io.fouriermasks.command.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JavaCheckTest {

  @Test
  void a_locale_that_cannot_write_all_names_of_files_is_a_note_with_a_remedy() {
    assertThat(new JavaCheck("UTF-8").look())
        .isInstanceOfSatisfying(
            Finding.Ok.class, ok -> assertThat(ok.text()).endsWith("names of files in UTF-8"));
    assertThat(new JavaCheck("ANSI_X3.4-1968").look())
        .isInstanceOfSatisfying(
            Finding.Note.class, note -> assertThat(note.text()).contains("LC_ALL=C.UTF-8"));
  }
}
