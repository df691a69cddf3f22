package io.fouriermasks.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Files as strangers might send them: good ones with something changed, mostly near their beginning
 * and end, where formats keep what a parser believes.
 */
public final class Mutations {

  /** What overflows, or is off by one. */
  private static final List<Integer> EXTREMES =
      List.of(0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x7fff, 0xffff, 0x7f, 0xff, 1 << 24);

  private static final int NEAR = 600;
  private static final int MOST_CHANGES = 8;
  private static final int MOST_BYTES = 64;

  private Mutations() {}

  /** One change of a file. */
  private interface Change {
    byte[] apply(byte[] file);
  }

  /** One of the files with some changes; sometimes with none, sometimes nothing but noise. */
  public static Arbitrary<byte[]> of(byte[]... files) {
    Arbitrary<byte[]> changed =
        Combinators.combine(
                Arbitraries.of(List.of(files)),
                change().list().ofMinSize(0).ofMaxSize(MOST_CHANGES))
            .as(Mutations::changed);
    Arbitrary<byte[]> noise = Arbitraries.bytes().array(byte[].class).ofMaxSize(2 * NEAR);
    return Arbitraries.frequencyOf(Tuple.of(50, changed), Tuple.of(1, noise));
  }

  private static byte[] changed(byte[] file, List<Change> changes) {
    byte[] result = file.clone();
    for (Change change : changes) {
      if (result.length > 0) {
        result = change.apply(result);
      }
    }
    return result;
  }

  private static Arbitrary<Change> change() {
    return Arbitraries.oneOf(
        setByte(), setNumber(), setDigits(), remove(), repeat(), insert(), cut());
  }

  /** Where: in a hundredth of the cases anywhere, else near an end. */
  private static Arbitrary<Integer> places() {
    return Arbitraries.frequencyOf(
        Tuple.of(6, Arbitraries.integers().between(0, NEAR)),
        Tuple.of(3, Arbitraries.integers().between(-NEAR, -1)),
        Tuple.of(2, Arbitraries.integers().between(0, Integer.MAX_VALUE)));
  }

  private static int at(int place, byte[] file) {
    return Math.floorMod(place, file.length);
  }

  private static Arbitrary<Change> setByte() {
    return Combinators.combine(places(), Arbitraries.bytes())
        .as(
            (place, value) ->
                file -> {
                  file[at(place, file)] = value;
                  return file;
                });
  }

  private static Arbitrary<Change> setNumber() {
    return Combinators.combine(
            places(),
            Arbitraries.of(EXTREMES),
            Arbitraries.of(1, 2, 4, 8),
            Arbitraries.of(true, false))
        .as(
            (place, value, bytes, isBigEndian) ->
                file -> {
                  int from = at(place, file);
                  for (int k = 0; k < bytes && from + k < file.length; k++) {
                    int shift = 8 * (isBigEndian ? bytes - 1 - k : k);
                    file[from + k] = (byte) (shift > 31 ? value >> 31 : value >> shift);
                  }
                  return file;
                });
  }

  /** Numbers are often written in decimal. */
  private static Arbitrary<Change> setDigits() {
    return Combinators.combine(
            places(),
            Arbitraries.of("0", "-1", "1e999", "99999999999", "4611686018427387904", "NaN"))
        .as(
            (place, digits) ->
                file -> {
                  int from = at(place, file);
                  while (from < file.length && !Character.isDigit(file[from])) {
                    from++;
                  }
                  int to = from;
                  while (to < file.length && Character.isDigit(file[to])) {
                    to++;
                  }
                  return joined(
                      Arrays.copyOf(file, from),
                      digits.getBytes(StandardCharsets.US_ASCII),
                      Arrays.copyOfRange(file, to, file.length));
                });
  }

  private static Arbitrary<Change> remove() {
    return Combinators.combine(places(), Arbitraries.integers().between(1, MOST_BYTES))
        .as(
            (place, bytes) ->
                file -> {
                  int from = at(place, file);
                  return joined(
                      Arrays.copyOf(file, from),
                      Arrays.copyOfRange(file, Math.min(file.length, from + bytes), file.length));
                });
  }

  private static Arbitrary<Change> repeat() {
    return Combinators.combine(places(), Arbitraries.integers().between(1, MOST_BYTES))
        .as(
            (place, bytes) ->
                file -> {
                  int from = at(place, file);
                  return joined(
                      Arrays.copyOf(file, Math.min(file.length, from + bytes)),
                      Arrays.copyOfRange(file, from, file.length));
                });
  }

  private static Arbitrary<Change> insert() {
    return Combinators.combine(
            places(), Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(MOST_BYTES))
        .as(
            (place, bytes) ->
                file -> {
                  int from = at(place, file);
                  return joined(
                      Arrays.copyOf(file, from),
                      bytes,
                      Arrays.copyOfRange(file, from, file.length));
                });
  }

  private static Arbitrary<Change> cut() {
    return places().map(place -> file -> Arrays.copyOf(file, at(place, file)));
  }

  private static byte[] joined(byte[]... parts) {
    byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
    int to = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, to, part.length);
      to += part.length;
    }
    return all;
  }
}
