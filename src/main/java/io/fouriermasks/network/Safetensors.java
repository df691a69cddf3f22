package io.fouriermasks.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The safetensors format: 8 bytes of header length (little endian), a JSON header, then the data. A
 * stranger's file is validated whole (length, JSON, types, shapes, offsets, overlaps, gaps) before
 * a value is copied.
 */
final class Safetensors {

  /** Longest header that is read; a network of 200 tensors needs 20 kB. */
  private static final int MAX_HEADER_BYTES = 1 << 20;

  private static final int PART = 1 << 18; // values written at a time

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonReadFeature.ALLOW_TRAILING_COMMA.mappedFeature())
          .build();

  private Safetensors() {}

  /** A tensor as the header describes it: type, shape and place in the data. */
  record Entry(String name, Type type, List<Integer> shape, long begin, long end) {}

  /** A validated header. */
  record Header(Map<String, String> metadata, Map<String, Entry> entries, long dataStart) {}

  /** Element types that are read. I64 occurs as batch normalisation's counters only. */
  enum Type {
    F64(8),
    F32(4),
    F16(2),
    BF16(2),
    I64(8);

    final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }
  }

  /**
   * Reads and validates the header.
   *
   * @throws InvalidWeightsException if anything in it is wrong
   */
  static Header header(FileChannel file) throws IOException {
    long size = file.size();
    if (size < 8) {
      throw new InvalidWeightsException(
          "it is %d bytes long, too short for safetensors".formatted(size));
    }
    long length = read(file, 0, 8).getLong();
    if (length < 2 || length > MAX_HEADER_BYTES || length > size - 8) {
      throw new InvalidWeightsException(
          "it does not begin with a safetensors header (a length of %d was read)"
              .formatted(length));
    }
    byte[] text = new byte[(int) length];
    read(file, 8, text.length).get(text);
    JsonNode root = parse(text);
    Map<String, Entry> entries = new LinkedHashMap<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    root.properties()
        .forEach(
            property -> {
              if (property.getKey().equals("__metadata__")) {
                metadata.putAll(metadata(property.getValue()));
              } else {
                entries.put(property.getKey(), entry(property.getKey(), property.getValue()));
              }
            });
    requireTiling(entries.values(), size - 8 - length);
    return new Header(metadata, entries, 8 + length);
  }

  /** Copies one floating-point tensor. */
  static float[] values(FileChannel file, Header header, Entry entry) throws IOException {
    ByteBuffer data =
        read(
            file, header.dataStart() + entry.begin(), Math.toIntExact(entry.end() - entry.begin()));
    float[] values = new float[data.remaining() / entry.type().bytes];
    switch (entry.type()) {
      case F32 -> data.asFloatBuffer().get(values);
      case F64 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) data.getDouble();
        }
      }
      case F16 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = halfToFloat(data.getShort());
        }
      }
      case BF16 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = Float.intBitsToFloat(data.getShort() << 16);
        }
      }
      case I64 -> throw new InvalidWeightsException("'%s' holds integers".formatted(entry.name()));
    }
    return values;
  }

  /** Writes float32 tensors in the order of the map. */
  static void write(OutputStream out, Map<String, String> metadata, Map<String, Tensor> tensors)
      throws IOException {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode about = root.putObject("__metadata__");
    metadata.forEach(about::put);
    long offset = 0;
    for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
      long end = offset + 4L * tensor.getValue().values().length;
      ObjectNode node = root.putObject(tensor.getKey()).put("dtype", "F32");
      tensor.getValue().shape().forEach(node.putArray("shape")::add);
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] header = JSON.writeValueAsBytes(root);
    int padding = (8 - header.length % 8) % 8; // the data begins at a multiple of 8
    byte[] length = new byte[8];
    ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length + padding);
    out.write(length);
    out.write(header);
    out.write(" ".repeat(padding).getBytes(StandardCharsets.US_ASCII));
    byte[] part = new byte[4 * PART]; // of a tensor: one of VGG11's has 400 MB
    for (Tensor tensor : tensors.values()) {
      float[] values = tensor.values();
      for (int from = 0; from < values.length; from += PART) {
        int count = Math.min(PART, values.length - from);
        ByteBuffer.wrap(part)
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer()
            .put(values, from, count);
        out.write(part, 0, 4 * count);
      }
    }
  }

  private static JsonNode parse(byte[] header) {
    try {
      // as text: of bytes the library would guess whether they are UTF-16 or UTF-32
      JsonNode root = JSON.readTree(new String(header, StandardCharsets.UTF_8));
      if (root != null && root.isObject()) {
        return root;
      }
    } catch (JsonProcessingException e) {
      throw new InvalidWeightsException("its safetensors header is no valid JSON", e);
    }
    throw new InvalidWeightsException("its safetensors header is no JSON object");
  }

  private static Map<String, String> metadata(JsonNode node) {
    Map<String, String> metadata = new LinkedHashMap<>();
    node.properties()
        .forEach(
            property -> {
              if (!property.getValue().isTextual()) {
                throw new InvalidWeightsException(
                    "its metadata '%s' is no text".formatted(property.getKey()));
              }
              metadata.put(property.getKey(), property.getValue().asText());
            });
    return metadata;
  }

  private static Entry entry(String name, JsonNode node) {
    Type type;
    try {
      type = Type.valueOf(node.path("dtype").asText());
    } catch (IllegalArgumentException e) {
      throw new InvalidWeightsException(
          "'%s' has the type '%s', which is not supported"
              .formatted(name, node.path("dtype").asText()),
          e);
    }
    List<Integer> shape = new ArrayList<>();
    long elements = 1;
    for (JsonNode axis : node.path("shape")) {
      if (!axis.isInt() || axis.asInt() < 0) {
        throw new InvalidWeightsException("the shape of '%s' is invalid".formatted(name));
      }
      shape.add(axis.asInt());
      elements *= axis.asInt();
      if (elements > Integer.MAX_VALUE / 8) {
        throw new InvalidWeightsException("'%s' is too large".formatted(name));
      }
    }
    JsonNode offsets = node.path("data_offsets");
    if (!node.path("shape").isArray()
        || offsets.size() != 2
        || !offsets.get(0).isIntegralNumber()
        || !offsets.get(1).isIntegralNumber()
        || !offsets.get(0).canConvertToLong()
        || !offsets.get(1).canConvertToLong()
        || offsets.get(0).asLong() < 0
        || offsets.get(1).asLong() - offsets.get(0).asLong() != elements * type.bytes) {
      throw new InvalidWeightsException(
          "the offsets of '%s' do not fit its shape and type".formatted(name));
    }
    return new Entry(
        name, type, List.copyOf(shape), offsets.get(0).asLong(), offsets.get(1).asLong());
  }

  /** The tensors must cover the data exactly once: no overlap, no gap, nothing beyond the end. */
  private static void requireTiling(Iterable<Entry> entries, long dataLength) {
    List<Entry> sorted = new ArrayList<>();
    entries.forEach(sorted::add);
    sorted.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long expected = 0;
    for (Entry entry : sorted) {
      if (entry.begin() != expected) {
        throw new InvalidWeightsException(
            "'%s' overlaps another tensor or leaves a gap".formatted(entry.name()));
      }
      expected = entry.end();
    }
    if (expected != dataLength) {
      throw new InvalidWeightsException(
          "it holds %d bytes of data, its header describes %d: it is truncated or damaged"
              .formatted(dataLength, expected));
    }
  }

  private static float halfToFloat(short half) {
    int sign = half >> 15 << 31;
    int exponent = half >> 10 & 0x1f;
    int fraction = half & 0x3ff;
    if (exponent == 0) {
      float subnormal = fraction * 0x1p-24f;
      return sign == 0 ? subnormal : -subnormal;
    }
    int biased = exponent == 31 ? 255 : exponent + 112;
    return Float.intBitsToFloat(sign | biased << 23 | fraction << 13);
  }

  private static ByteBuffer read(FileChannel file, long position, int length) throws IOException {
    ByteBuffer buffer = little(length);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, position + buffer.position()) < 0) {
        throw new InvalidWeightsException("it ends too early");
      }
    }
    return buffer.flip();
  }

  private static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
