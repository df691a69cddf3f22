package io.fouriermasks.network;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of a sequence of texts and numbers, to tell whether two things are the same. */
public final class Fingerprint {

  private final MessageDigest digest = sha256();

  public Fingerprint add(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  public Fingerprint add(byte[] bytes) {
    digest.update(bytes);
    return this;
  }

  public Fingerprint add(int number) {
    digest.update(ByteBuffer.allocate(4).putInt(0, number));
    return this;
  }

  public Fingerprint add(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
    bytes.asFloatBuffer().put(values);
    digest.update(bytes);
    return this;
  }

  /** The result, hexadecimal; nothing can be added afterwards. */
  public String hex() {
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
