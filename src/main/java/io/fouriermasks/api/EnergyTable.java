package io.fouriermasks.api;

import io.fouriermasks.analysis.MaskComparison;
import io.fouriermasks.spectrum.FrequencyBands;
import io.fouriermasks.store.Mask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The energies of masks side by side for other programs. */
final class EnergyTable {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader(
              "mask", "model", "kind", "direction", "band", "from", "to", "energy", "difference")
          .get();

  private EnergyTable() {}

  /**
   * One row a mask, direction and band. {@code from} and {@code to} are cycles per image in the
   * direction {@code radial}, degrees in {@code angular}; {@code difference} is from the baseline.
   */
  static String csv(int size, List<Mask> masks, MaskComparison comparison) {
    FrequencyBands bands = FrequencyBands.of(size);
    StringBuilder out = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(out, FORMAT)) {
      for (int i = 0; i < masks.size(); i++) {
        MaskComparison.Entry entry = comparison.masks().get(i);
        Column column = new Column(printer, masks.get(i));
        column.print(
            "radial",
            bands.radialEdges(),
            entry.energies().radial(),
            entry.energyDifference().radial());
        column.print(
            "angular",
            bands.angularEdges(),
            entry.energies().angular(),
            entry.energyDifference().angular());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return out.toString();
  }

  private record Column(CSVPrinter printer, Mask mask) {

    void print(String direction, double[] edges, double[] energies, double[] differences)
        throws IOException {
      for (int band = 0; band < energies.length; band++) {
        printer.printRecord(
            mask.id(),
            mask.model(),
            mask.kind().urlName(),
            direction,
            band,
            edges[band],
            edges[band + 1],
            energies[band],
            differences[band]);
      }
    }
  }
}
