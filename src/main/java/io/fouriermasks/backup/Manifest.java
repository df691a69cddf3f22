package io.fouriermasks.backup;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What an archive holds: the entry {@code manifest.json}.
 *
 * @param format {@link #FORMAT}
 * @param version {@link #VERSION}
 * @param program version of the program that wrote it
 * @param schema version of the database's schema
 * @param createdAt when
 * @param tables the tables, each after those that it refers to
 * @param files the files of the data folder
 * @param leftOut files that rows name and that were not there, or whose names no archive can have
 */
record Manifest(
    String format,
    int version,
    String program,
    String schema,
    Instant createdAt,
    List<TableEntry> tables,
    List<FileEntry> files,
    List<String> leftOut) {

  Manifest {
    tables = List.copyOf(tables);
    files = List.copyOf(files);
    leftOut = List.copyOf(leftOut);
  }

  static final String FORMAT = "fourier-masks-lab";

  /** Of the archive's layout; the schema of the tables has a version of its own. */
  static final int VERSION = 1;

  static final String ENTRY = "manifest.json";

  /**
   * The rows of a table, one JSON object a line, in the entry {@code tables/NAME.jsonl}.
   *
   * @param name of the table
   * @param rows number of rows
   * @param size bytes
   * @param sha256 of the bytes, hexadecimal
   */
  record TableEntry(String name, long rows, long size, String sha256) {

    TableEntry {
      Objects.requireNonNull(name);
      Objects.requireNonNull(sha256);
    }

    String entry() {
      return entry(name);
    }

    static String entry(String name) {
      return "tables/" + name + ".jsonl";
    }
  }

  /**
   * A file, in the entry {@code files/NAME}.
   *
   * @param name its path in the data folder, parts separated by slashes
   * @param size bytes
   * @param modified milliseconds since 1970; what was predicted with a network counts as long as it
   *     stays the same
   * @param sha256 of the bytes, hexadecimal
   */
  record FileEntry(String name, long size, long modified, String sha256) {

    FileEntry {
      Objects.requireNonNull(name);
      Objects.requireNonNull(sha256);
    }

    String entry() {
      return entry(name);
    }

    static String entry(String name) {
      return "files/" + name;
    }
  }

  /** Bytes of everything. */
  long bytes() {
    return tables.stream().mapToLong(TableEntry::size).sum()
        + files.stream().mapToLong(FileEntry::size).sum();
  }

  /** Rows of all tables. */
  long rows() {
    return tables.stream().mapToLong(TableEntry::rows).sum();
  }
}
