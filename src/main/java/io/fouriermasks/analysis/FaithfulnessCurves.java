package io.fouriermasks.analysis;

import io.fouriermasks.analysis.Faithfulness.Curves;
import io.fouriermasks.analysis.Faithfulness.Order;
import io.fouriermasks.analysis.Faithfulness.Settings;
import io.fouriermasks.dataset.Batch;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.spectrum.FourierMask;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Adds the insertion and deletion scores up, batch after batch. */
final class FaithfulnessCurves {

  private final FrozenNetwork network;
  private final Settings settings;
  private final AnalysisListener listener;
  private final Frequencies frequencies;
  private final int planeLength;
  private final int[] counts;
  private final SplittableRandom ties;
  private final int[] byMask;
  private final int[] lowToHigh;
  private final List<int[]> randomOrders = new ArrayList<>();
  private final Map<Order, double[]> insertion = new EnumMap<>(Order.class);
  private final Map<Order, double[]> deletion = new EnumMap<>(Order.class);
  private int images;

  FaithfulnessCurves(
      FrozenNetwork network, FourierMask mask, Settings settings, AnalysisListener listener) {
    int size = network.card().size();
    if (mask.size() != size) {
      throw new IllegalArgumentException(
          "The mask has the size %d, the network needs %d".formatted(mask.size(), size));
    }
    this.network = network;
    this.settings = settings;
    this.listener = listener;
    this.frequencies = new Frequencies(size);
    this.planeLength = size * FourierMask.columns(size);
    this.counts = new int[settings.points()];
    for (int point = 0; point < counts.length; point++) {
      double share = (double) point / (counts.length - 1);
      counts[point] = (int) Math.round(share * share * frequencies.count());
    }
    this.ties = new SplittableRandom(settings.seed());
    float[] values = mask.halfPlane();
    this.byMask = frequencies.descending(f -> values[frequencies.cell(f)], ties);
    this.lowToHigh = frequencies.descending(f -> -frequencies.squaredRadius(f), ties);
    for (int i = 0; i < settings.randomOrders(); i++) {
      randomOrders.add(Permutation.random(frequencies.count(), ties));
    }
    for (Order order : Order.values()) {
      insertion.put(order, new double[counts.length]);
      deletion.put(order, new double[counts.length]);
    }
  }

  void add(Batch batch) {
    try (MaskedPasses passes = new MaskedPasses(network, batch.images())) {
      follow(passes, batch, Order.MASK, 1, byMask);
      for (int[] random : randomOrders) {
        follow(passes, batch, Order.RANDOM, 1.0 / randomOrders.size(), random);
      }
      follow(passes, batch, Order.AMPLITUDE, 1, byAmplitude(passes, batch.size()));
      follow(passes, batch, Order.LOW_TO_HIGH, 1, lowToHigh);
    }
    images += batch.size();
    listener.onProgress(images);
  }

  Faithfulness result() {
    if (images == 0) {
      throw new IllegalArgumentException("The faithfulness of a mask needs at least one image");
    }
    double[] fractions = new double[counts.length];
    for (int point = 0; point < counts.length; point++) {
      fractions[point] = (double) counts[point] / frequencies.count();
    }
    List<Curves> curves = new ArrayList<>();
    for (Order order : Order.values()) {
      double[] in = mean(insertion.get(order));
      double[] out = mean(deletion.get(order));
      curves.add(new Curves(order, in, out, area(fractions, in), area(fractions, out)));
    }
    return new Faithfulness(images, settings.score(), fractions, curves);
  }

  private int[][] byAmplitude(MaskedPasses passes, int batchSize) {
    float[] amplitudes = passes.amplitudes();
    int[][] orders = new int[batchSize][];
    for (int i = 0; i < batchSize; i++) {
      int offset = i * planeLength;
      orders[i] = frequencies.descending(f -> amplitudes[offset + frequencies.cell(f)], ties);
    }
    return orders;
  }

  /**
   * @param orders one for the whole batch, or one for each image
   */
  private void follow(
      MaskedPasses passes, Batch batch, Order order, double weight, int[]... orders) {
    follow(passes, batch, orders, true, weight, insertion.get(order));
    follow(passes, batch, orders, false, weight, deletion.get(order));
  }

  private void follow(
      MaskedPasses passes,
      Batch batch,
      int[][] orders,
      boolean inserting,
      double weight,
      double[] sums) {
    if (batch.size() == 1) { // all points of the curve fill one pass
      AnalysisListener.requireGoingOn(listener);
      float[] masks = new float[counts.length * planeLength];
      for (int point = 0; point < counts.length; point++) {
        fill(masks, point, orders[0], counts[point], inserting);
      }
      float[][] logits = passes.through(masks);
      for (int point = 0; point < counts.length; point++) {
        sums[point] += weight * settings.score().of(logits[point], batch.labels()[0]);
      }
      return;
    }
    for (int point = 0; point < counts.length; point++) {
      AnalysisListener.requireGoingOn(listener);
      float[] masks = new float[orders.length * planeLength];
      for (int i = 0; i < orders.length; i++) {
        fill(masks, i, orders[i], counts[point], inserting);
      }
      float[][] logits = passes.through(masks);
      for (int i = 0; i < logits.length; i++) {
        sums[point] += weight * settings.score().of(logits[i], batch.labels()[i]);
      }
    }
  }

  private void fill(float[] masks, int index, int[] order, int count, boolean inserting) {
    int from = inserting ? 0 : count;
    int to = inserting ? count : order.length;
    for (int i = from; i < to; i++) {
      frequencies.set(masks, index * planeLength, order[i], 1f);
    }
  }

  private double[] mean(double[] sums) {
    double[] mean = new double[sums.length];
    for (int point = 0; point < sums.length; point++) {
      mean[point] = sums[point] / images;
    }
    return mean;
  }

  private static double area(double[] x, double[] y) {
    double area = 0;
    for (int i = 1; i < x.length; i++) {
      area += (x[i] - x[i - 1]) * (y[i] + y[i - 1]) / 2;
    }
    return area;
  }
}
