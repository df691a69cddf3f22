package io.fouriermasks.dataset;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of a sequence of numbers and bytes. */
final class Fingerprint {

  private final MessageDigest digest = sha256();

  void add(int... numbers) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * numbers.length);
    buffer.asIntBuffer().put(numbers);
    digest.update(buffer);
  }

  void add(byte[] bytes) {
    digest.update(bytes);
  }

  /** The result; nothing can be added afterwards. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
