package io.fouriermasks.report;

import io.fouriermasks.network.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Writes the figures and tables of a report: {@code figures/} and {@code tables/}. */
public final class SectionFiles {

  private final Path folder;

  /**
   * @param folder made if it is not there; files of the same names are replaced
   */
  public SectionFiles(Path folder) {
    this.folder = folder;
  }

  /** Writes all of a section's. */
  public void write(Section section) throws IOException {
    for (Figure figure : section.figures()) {
      DurableFile.write(folder.resolve("figures").resolve(figure.fileName()), figure.content());
    }
    for (Table table : section.tables()) {
      write(table);
    }
  }

  /** Writes a table as CSV and LaTeX. */
  public void write(Table table) throws IOException {
    Path tables = folder.resolve("tables");
    DurableFile.write(tables.resolve(table.name() + ".csv"), bytes(table.csv()));
    DurableFile.write(tables.resolve(table.name() + ".tex"), bytes(table.latex()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
