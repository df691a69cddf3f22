package io.fouriermasks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fouriermasks.report.Table.Column;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

  private final Table table =
      new Table(
          "masks",
          "100 % of the masks",
          "",
          List.of(Column.of("name", "name"), new Column("mean_percent", "mean %", 1)),
          List.of(Table.row("a_b, \"c\"", 1.0 / 3), Table.row("n & rn", Double.NaN)));

  @Test
  void csv_has_every_digit_and_leaves_what_is_no_number_empty() {
    assertThat(table.csv())
        .isEqualTo("name,mean_percent\r\n\"a_b, \"\"c\"\"\",0.3333333333333333\r\nn & rn,\r\n");
  }

  @Test
  void latex_escapes_what_has_a_meaning_there_and_rounds() {
    assertThat(table.latex())
        .contains("\\caption{100 \\% of the masks.}", "\\begin{tabular}{lr}")
        .contains("a\\_b, \"c\" & 0.3 \\\\", "n \\& rn & -- \\\\");
  }

  @Test
  void plain_text_aligns_texts_left_and_numbers_right() {
    assertThat(table.plain()).isEqualTo("name      mean %\na_b, \"c\"     0.3\nn & rn         –\n");
  }

  @Test
  void a_row_that_does_not_fit_is_refused() {
    assertThatThrownBy(
            () -> new Table("t", "t", "", table.columns(), List.of(Table.row("only one"))))
        .hasMessage("The table t has 2 columns, but a row of 1 values");
  }
}
