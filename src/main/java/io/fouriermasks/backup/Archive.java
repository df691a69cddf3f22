package io.fouriermasks.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * An archive that is read. Nothing of it is trusted: its names are checked, nothing is read beyond
 * the size that the manifest gives, and what was read must have the hash that the manifest gives.
 */
final class Archive implements AutoCloseable {

  /** Some hundred bytes for each of a million files. */
  private static final int MOST_BYTES_OF_MANIFEST = 512 << 20;

  private final ZipFile zip;
  private final Manifest manifest;

  private Archive(ZipFile zip) throws IOException {
    this.zip = zip;
    this.manifest = readManifest();
  }

  /**
   * Opens an archive and checks that it holds what its manifest says.
   *
   * @throws InvalidArchiveException if it is none, damaged, or newer than this program
   */
  static Archive open(Path file) throws IOException {
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (ZipException | EOFException e) {
      throw new InvalidArchiveException(file + " is no archive of a lab, or it is damaged", e);
    }
    try {
      return new Archive(zip);
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  Manifest manifest() {
    return manifest;
  }

  private Manifest readManifest() throws IOException {
    ZipEntry entry = zip.getEntry(Manifest.ENTRY);
    if (entry == null) {
      throw new InvalidArchiveException(zip.getName() + " is no archive of a lab");
    }
    Manifest read;
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] text = in.readNBytes(MOST_BYTES_OF_MANIFEST + 1);
      if (text.length > MOST_BYTES_OF_MANIFEST) {
        throw damaged("its manifest is too large");
      }
      var tree = ArchiveJson.mapper().readTree(new String(text, StandardCharsets.UTF_8));
      // said before the rest is looked at, which a later version may write differently
      if (!Manifest.FORMAT.equals(tree.path("format").asText())) {
        throw new InvalidArchiveException(zip.getName() + " is no archive of a lab");
      }
      if (tree.path("version").asInt() > Manifest.VERSION) {
        throw new InvalidArchiveException(
            "the archive was written by a newer program, %s; import it with that one or a later one"
                .formatted(tree.path("program").asText().replaceAll("[^\\w.+-]", "?")));
      }
      read = ArchiveJson.mapper().treeToValue(tree, Manifest.class);
    } catch (JsonProcessingException | ZipException | EOFException e) {
      throw damaged("its manifest cannot be read", e);
    }
    if (read.version() < 1 || read.schema() == null) {
      throw damaged("its manifest does not say what it is");
    }
    Set<String> entries =
        new HashSet<>(
            Stream.concat(
                    read.tables().stream().map(Manifest.TableEntry::entry),
                    read.files().stream().map(Manifest.FileEntry::entry))
                .toList());
    if (entries.size() != read.tables().size() + read.files().size()
        || zip.size() != entries.size() + 1
        || !entries.stream().allMatch(name -> zip.getEntry(name) != null)) {
      throw damaged("it does not hold what its manifest says");
    }
    return read;
  }

  /** Unpacks a table; gives its file. */
  Path unpack(Manifest.TableEntry table, Path folder) throws IOException {
    Path target = ArchiveNames.below(folder, table.entry());
    unpack(table.entry(), table.size(), table.sha256(), target);
    return target;
  }

  /** Unpacks a file to its place below a data folder. */
  void unpack(Manifest.FileEntry file, Path data) throws IOException {
    Path target = ArchiveNames.file(data, file.name());
    String last = target.getFileName().toString();
    if (file.name().startsWith("artefacts/") && !last.startsWith(file.sha256() + ".")) {
      throw damaged(last + " is not the content that it is named by");
    }
    unpack(file.entry(), file.size(), file.sha256(), target);
    Files.setLastModifiedTime(target, FileTime.fromMillis(file.modified()));
  }

  private void unpack(String name, long size, String sha256, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    try (InputStream in = zip.getInputStream(zip.getEntry(name));
        OutputStream file = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW);
        MeasuredOutput out = new MeasuredOutput(file)) {
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (out.size() + read > size) {
          throw damaged("an entry is larger than its manifest says");
        }
        out.write(buffer, 0, read);
      }
      if (out.size() != size || !out.sha256().equals(sha256)) {
        throw damaged("an entry is not what its manifest says");
      }
    } catch (ZipException | EOFException e) {
      throw damaged("an entry cannot be read", e);
    }
  }

  private static InvalidArchiveException damaged(String how) {
    return damaged(how, null);
  }

  private static InvalidArchiveException damaged(String how, Exception cause) {
    return new InvalidArchiveException("the archive is damaged: " + how, cause);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
