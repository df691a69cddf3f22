package io.fouriermasks.training;

import io.fouriermasks.network.Devices;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.GradientLease;
import io.fouriermasks.network.SideBySide;
import io.fouriermasks.network.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * All images in training. For a light network on a CPU they are in several {@link MaskLane lanes},
 * which step side by side, each with its part of the processors: an operation that has little to do
 * does not gain by a second processor, a lane does. They wait for each other after every step, so
 * that which image goes where does not depend on how fast they are, and a training can be repeated.
 */
final class MaskLanes implements AutoCloseable {

  private static final String NUMBER = "lanes";

  private final List<MaskLane> lanes;
  private final SideBySide sideBySide;
  private final IntUnaryOperator processors;

  /**
   * @param number of lanes
   * @param processors that an operation of a pass of so many images can use
   */
  private MaskLanes(
      FrozenNetwork network,
      SearchSettings settings,
      PassSize passes,
      int number,
      IntUnaryOperator processors) {
    this.lanes =
        IntStream.range(0, number)
            .mapToObj(
                lane -> new MaskLane(network, settings, lane == 0 ? passes : passes.another()))
            .toList();
    this.sideBySide = new SideBySide(number);
    this.processors = processors;
  }

  /** So many lanes. */
  static MaskLanes of(FrozenNetwork network, SearchSettings settings, PassSize passes, int number) {
    return new MaskLanes(network, settings, passes, number, network::processors);
  }

  /** A single one, which steps on the calling thread and has all processors. */
  static MaskLanes onCallingThread(
      FrozenNetwork network, SearchSettings settings, PassSize passes) {
    return new MaskLanes(network, settings, passes, 1, images -> Integer.MAX_VALUE);
  }

  /** How many are best for so many images: several if one alone cannot use two processors. */
  static int number(FrozenNetwork network, int images) {
    return network.processors(1) == 1 ? Math.max(1, Math.min(Devices.threads(), images)) : 1;
  }

  /** How many a training had that left this checkpoint. */
  static int number(Checkpoint from) {
    return from.state().containsKey(NUMBER) ? Math.toIntExact(from.number(NUMBER)) : 1;
  }

  /** Number of images in training. */
  int size() {
    return lanes.stream().mapToInt(MaskLane::size).sum();
  }

  /**
   * Begins with more images, one after another in the lane that has the fewest.
   *
   * @param numbers of those that begin
   * @param images all of the training, normalised, size x size each, row-major
   */
  void admit(List<Integer> numbers, List<float[]> images) {
    int[] sizes = lanes.stream().mapToInt(MaskLane::size).toArray();
    List<List<Integer>> shares =
        lanes.stream().<List<Integer>>map(lane -> new ArrayList<>()).toList();
    for (int number : numbers) {
      int fewest =
          IntStream.range(0, sizes.length)
              .boxed()
              .min(Comparator.comparingInt(lane -> sizes[lane]))
              .orElseThrow();
      shares.get(fewest).add(number);
      sizes[fewest]++;
    }
    for (int lane = 0; lane < sizes.length; lane++) {
      if (!shares.get(lane).isEmpty()) {
        lanes.get(lane).admit(shares.get(lane), images);
      }
    }
  }

  /**
   * Takes a step with every mask.
   *
   * @param results takes the masks that are done, by the image's number
   */
  void step(Map<Integer, ImageMask> results, TrainingListener listener) {
    List<MaskLane> working = lanes.stream().filter(lane -> lane.size() > 0).toList();
    try (GradientLease lease = GradientLease.acquire()) {
      sideBySide.run(
          working.stream().map(lane -> (Runnable) () -> lane.step(lease)).toList(),
          processors.applyAsInt(working.stream().mapToInt(MaskLane::size).max().orElseThrow()));
    }
    working.forEach(lane -> lane.judge(results, listener));
  }

  /**
   * Ends every image where it is.
   *
   * @param results takes the masks, by the image's number
   */
  void cancel(Map<Integer, ImageMask> results) {
    lanes.forEach(lane -> lane.cancel(results));
  }

  /** Puts all of this into a checkpoint. */
  void save(Map<String, String> state, Map<String, Tensor> tensors) {
    state.put(NUMBER, Integer.toString(lanes.size()));
    for (int lane = 0; lane < lanes.size(); lane++) {
      String prefix = prefix(lane);
      Map<String, String> itsState = new LinkedHashMap<>();
      Map<String, Tensor> itsTensors = new LinkedHashMap<>();
      lanes.get(lane).save(itsState, itsTensors);
      itsState.forEach((name, value) -> state.put(prefix + name, value));
      itsTensors.forEach((name, value) -> tensors.put(prefix + name, value));
    }
  }

  /** Takes over what {@link #save} has put there; only once, at the start. */
  void restore(Checkpoint from) {
    for (int lane = 0; lane < lanes.size(); lane++) {
      lanes.get(lane).restore(from.part(prefix(lane)));
    }
  }

  /** None for the first, which may be the only one. */
  private static String prefix(int lane) {
    return lane == 0 ? "" : "lane/" + lane + "/";
  }

  @Override
  public void close() {
    lanes.forEach(MaskLane::close);
    sideBySide.close();
  }
}
