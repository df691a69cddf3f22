package io.fouriermasks.spectrum;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An array in NumPy's .npy format: little endian, C order, of float32, float64, int64 or uint8.
 * Objects, which NumPy would unpickle, are never read.
 *
 * @param type NumPy's name of the element type
 * @param shape sizes of the axes, outermost first
 * @param data the elements, row-major
 */
@SuppressWarnings("ArrayRecordComponent") // large, shared, never compared
public record NpyArray(Type type, List<Integer> shape, byte[] data) {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '([^']*)', 'fortran_order': False, 'shape': \\(([0-9, ]*)\\), \\}\\s*");

  /** The element types that are read and written. */
  public enum Type {
    FLOAT32("<f4", 4),
    FLOAT64("<f8", 8),
    INT64("<i8", 8),
    UINT8("|u1", 1);

    private final String descr;
    private final int bytes;

    Type(String descr, int bytes) {
      this.descr = descr;
      this.bytes = bytes;
    }
  }

  public NpyArray {
    shape = List.copyOf(shape);
    long elements = 1;
    for (int axis : shape) {
      elements = Math.multiplyExact(elements, (long) axis);
    }
    if (elements * type.bytes != data.length) {
      throw new IllegalArgumentException(
          "%d bytes do not fill the shape %s of %s".formatted(data.length, shape, type));
    }
  }

  /** A float32 array of the given shape. */
  public static NpyArray of(float[] values, Integer... shape) {
    ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(values);
    return new NpyArray(Type.FLOAT32, List.of(shape), data.array());
  }

  /** Bytes, such as a text in UTF-8. */
  public static NpyArray of(byte[] bytes) {
    return new NpyArray(Type.UINT8, List.of(bytes.length), bytes);
  }

  /** The elements as double, whatever their type. */
  public double[] doubles() {
    ByteBuffer buffer = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    double[] values = new double[data.length / type.bytes];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (type) {
            case FLOAT32 -> buffer.getFloat();
            case FLOAT64 -> buffer.getDouble();
            case INT64 -> buffer.getLong();
            case UINT8 -> Byte.toUnsignedInt(buffer.get());
          };
    }
    return values;
  }

  /** The elements as float, whatever their type. */
  public float[] floats() {
    double[] values = doubles();
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** The .npy file. */
  public byte[] encode() {
    String axes = shape.stream().map(axis -> axis + ",").collect(Collectors.joining(" ", "(", ")"));
    if (shape.size() > 1) {
      axes = axes.replace(",)", ")");
    }
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(type.descr, axes);
    int length = (MAGIC.length + 4 + header.length() + 1 + 63) / 64 * 64; // NumPy aligns to 64
    ByteBuffer file = ByteBuffer.allocate(length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) (length - MAGIC.length - 4));
    file.put(header.getBytes(StandardCharsets.US_ASCII));
    while (file.position() < length - 1) {
      file.put((byte) ' ');
    }
    return file.put((byte) '\n').put(data).array();
  }

  /**
   * Reads a .npy file (format 1.0).
   *
   * @throws IllegalArgumentException if it is none, or holds another element type
   */
  public static NpyArray decode(byte[] file) {
    if (file.length < 10 || !Arrays.equals(file, 0, 6, MAGIC, 0, 6) || file[6] != 1) {
      throw new IllegalArgumentException("This is no .npy file of format 1.0");
    }
    ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int length = Short.toUnsignedInt(buffer.getShort(8));
    if (10 + length > file.length) {
      throw new IllegalArgumentException("The .npy file ends in its header");
    }
    String header = new String(file, 10, length, StandardCharsets.US_ASCII);
    Matcher matcher = HEADER.matcher(header);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("The header of the .npy file is not supported");
    }
    Type type =
        Arrays.stream(Type.values())
            .filter(candidate -> candidate.descr.equals(matcher.group(1)))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Arrays of type %s are not supported".formatted(matcher.group(1))));
    List<Integer> shape =
        Arrays.stream(matcher.group(2).split(","))
            .map(String::strip)
            .filter(axis -> !axis.isEmpty())
            .map(Integer::valueOf)
            .toList();
    return new NpyArray(type, shape, Arrays.copyOfRange(file, 10 + length, file.length));
  }
}
