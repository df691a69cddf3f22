package io.fouriermasks.spectrum;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** NumPy's .npz format: a ZIP file of .npy files. */
public final class Npz {

  /** Bounds what a crafted file can make of itself in memory. */
  private static final int MAX_ARRAY_BYTES = 64 << 20;

  private static final int MAX_ARRAYS = 64;

  private Npz() {}

  /** Writes the arrays in the order of the map; the same arrays give the same bytes. */
  public static byte[] encode(Map<String, NpyArray> arrays) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, NpyArray> array : arrays.entrySet()) {
        ZipEntry entry = new ZipEntry(array.getKey() + ".npy");
        entry.setTime(315_532_800_000L); // a fixed time, 1980, for equal bytes
        zip.putNextEntry(entry);
        zip.write(array.getValue().encode());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads all arrays.
   *
   * @throws IllegalArgumentException if the file is no .npz, or an array is too large or of an
   *     unsupported type
   */
  public static Map<String, NpyArray> decode(byte[] file) {
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        byte[] bytes = zip.readNBytes(MAX_ARRAY_BYTES + 1);
        if (bytes.length > MAX_ARRAY_BYTES || arrays.size() == MAX_ARRAYS) {
          throw new IllegalArgumentException("The .npz file is too large");
        }
        arrays.put(entry.getName().replaceFirst("\\.npy$", ""), NpyArray.decode(bytes));
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("The .npz file is damaged: " + e.getMessage(), e);
    }
    if (arrays.isEmpty()) {
      throw new IllegalArgumentException("This is no .npz file");
    }
    return arrays;
  }
}
