package io.fouriermasks.command;

import ai.djl.Device;
import io.fouriermasks.attack.EvaluationAttack;
import io.fouriermasks.dataset.EvaluationDataset;
import io.fouriermasks.dataset.LabelledImage;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.Logits;
import io.fouriermasks.report.Variant;
import io.fouriermasks.training.ImageSelection;
import io.fouriermasks.training.MaskImages;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The photographs of the single-image study: chosen from an evaluation split, clean or attacked.
 * The attack is made once, on the whole split, so that it does not depend on the choice.
 */
final class StudyPhotographs {

  private final EvaluationDataset data;
  private final EvaluationAttack attack;
  private final PrintWriter out;
  private final List<float[]> clean;
  private final int[] labels;
  private List<float[]> attacked;

  StudyPhotographs(
      EvaluationDataset data, MaskImages images, EvaluationAttack attack, PrintWriter out) {
    this.data = data;
    this.attack = attack;
    this.out = out;
    this.clean = IntStream.range(0, images.size()).mapToObj(images::pixels).toList();
    this.labels = IntStream.range(0, images.size()).map(images::label).toArray();
  }

  /**
   * Numbers of the chosen photographs: selected ones, one class after the other in turn.
   *
   * @param count most photographs, 0 for all that are selected
   */
  List<Integer> choose(
      ImageSelection selection,
      ModelFolder.Found plain,
      ModelFolder.Found trained,
      Device device,
      int count)
      throws IOException {
    boolean[] selected = selected(selection, plain, trained, device);
    Map<Integer, Deque<Integer>> byClass = new TreeMap<>();
    for (int i = 0; i < labels.length; i++) {
      if (selected[i]) {
        byClass.computeIfAbsent(labels[i], label -> new ArrayDeque<>()).add(i);
      }
    }
    List<Integer> chosen = new ArrayList<>();
    while (byClass.values().stream().anyMatch(queue -> !queue.isEmpty())) {
      for (Deque<Integer> queue : byClass.values()) {
        if (!queue.isEmpty() && (count == 0 || chosen.size() < count)) {
          chosen.add(queue.remove());
        }
      }
      if (count > 0 && chosen.size() >= count) {
        break;
      }
    }
    return chosen.stream().sorted().toList();
  }

  private boolean[] selected(
      ImageSelection selection, ModelFolder.Found plain, ModelFolder.Found trained, Device device)
      throws IOException {
    boolean[] selected = new boolean[labels.length];
    if (selection == ImageSelection.ALL) {
      Arrays.fill(selected, true);
      return selected;
    }
    boolean[] plainRight;
    boolean[] attackedRight;
    try (FrozenNetwork network = FrozenNetwork.of(plain.weights(), device)) {
      plainRight = right(network, clean);
      attackedRight = right(network, attacked(network));
    }
    boolean[] trainedRight;
    try (FrozenNetwork network = FrozenNetwork.of(trained.weights(), device)) {
      trainedRight = right(network, clean);
    }
    for (int i = 0; i < selected.length; i++) {
      selected[i] = selection.selects(plainRight[i], trainedRight[i], attackedRight[i]);
    }
    return selected;
  }

  private boolean[] right(FrozenNetwork network, List<float[]> images) {
    float[][] logits = network.logits(images);
    boolean[] right = new boolean[labels.length];
    for (int i = 0; i < right.length; i++) {
      right[i] = Logits.argmax(logits[i]) == labels[i];
    }
    return right;
  }

  /** The split attacked through the plain model. */
  private List<float[]> attacked(FrozenNetwork plain) {
    if (attacked == null) {
      try (Terminal terminal = Terminal.of(out, "attacking", clean.size())) {
        attacked =
            attack.attack(
                plain, clean, labels, done -> terminal.update(done, clean.size(), "images"));
      }
    }
    return attacked;
  }

  /**
   * The chosen photographs as one variant sees them.
   *
   * @param folder of the variant's masks
   * @param network the variant's; for attacked ones the plain model
   */
  List<ImageMaskWork.Photograph> of(
      Variant variant, List<Integer> chosen, Path folder, FrozenNetwork network) {
    List<float[]> pixels = variant == Variant.ATTACKED ? attacked(network) : clean;
    List<ImageMaskWork.Photograph> photographs = new ArrayList<>();
    for (int i : chosen) {
      LabelledImage file = data.file(i);
      String className = data.classes().get(labels[i]);
      String name = file.file().getFileName().toString();
      Map<String, Object> about = new LinkedHashMap<>();
      about.put("image", className + "/" + name);
      about.put("variant", variant.code());
      about.put("trueLabel", labels[i]);
      about.put("trueClass", network.card().classes().get(labels[i]));
      if (variant == Variant.ATTACKED) {
        about.put("attack", attack.description());
      }
      Path mask = folder.resolve(className).resolve(name.replaceFirst("\\.[^.]*$", "") + ".npz");
      photographs.add(new ImageMaskWork.Photograph(pixels.get(i), mask, about));
    }
    return photographs;
  }
}
