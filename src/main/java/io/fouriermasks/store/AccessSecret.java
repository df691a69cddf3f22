package io.fouriermasks.store;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The token that opens a lab which other machines can reach: the one that the configuration names,
 * or one that was drawn at the first start, of which only the SHA-256 is kept, in {@code
 * DATA/access-token.sha256}. Without that file the next start draws another one. A lab that only
 * this machine can reach needs none.
 */
@Singleton
public class AccessSecret {

  /** In the data folder, readable by its owner alone. */
  static final String FILE = "access-token.sha256";

  private final byte[] hash;
  private final String drawn;

  @Inject
  public AccessSecret(LabConfig config) {
    this(
        config.access().required() || config.oidc().url().isPresent(),
        config.access().token().orElse(null),
        config.dataDir().toAbsolutePath().normalize());
  }

  /** Of a lab that needs a token or not, is given one or draws it, and keeps it in this folder. */
  public AccessSecret(boolean isRequired, String configured, Path data) {
    String fresh = null;
    if (!isRequired) {
      this.hash = null;
    } else if (configured != null) {
      this.hash = AccessToken.sha256(configured);
    } else {
      Path file = data.resolve(FILE);
      fresh = AccessToken.draw();
      if (!isCreated(file, fresh)) {
        fresh = null;
      }
      this.hash = read(file);
    }
    this.drawn = fresh;
  }

  /** Whether everybody may come in who can reach the server. */
  public boolean isOpen() {
    return hash == null;
  }

  /** Whether this is the token; takes the same time for each that is not. */
  public boolean opens(String presented) {
    return hash == null
        || (presented != null && MessageDigest.isEqual(hash, AccessToken.sha256(presented)));
  }

  /** The token that was drawn just now, to be shown once. */
  public Optional<String> drawn() {
    return Optional.ofNullable(drawn);
  }

  /** A page's address as it is to be shown at the start: with the token that was drawn just now. */
  public String shown(String page) {
    return drawn == null ? page : page + "?token=" + drawn;
  }

  /** Of several servers on one data folder only the first makes the file. */
  private static boolean isCreated(Path file, String token) {
    try {
      Files.createDirectories(file.getParent());
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      } else {
        Files.createFile(file);
      }
      Files.writeString(
          file,
          HexFormat.of().formatHex(AccessToken.sha256(token)),
          StandardOpenOption.TRUNCATE_EXISTING);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(Path file) {
    try {
      byte[] hash = HexFormat.of().parseHex(Files.readString(file).strip());
      if (hash.length != AccessToken.sha256("").length) {
        // as a start that was killed leaves it: nothing would ever open the lab
        throw new IllegalArgumentException("%d bytes are no SHA-256".formatted(hash.length));
      }
      return hash;
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          file + " holds no token; remove it, and the next start draws one", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
