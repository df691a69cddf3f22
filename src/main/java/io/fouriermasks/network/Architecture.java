package io.fouriermasks.network;

import io.fouriermasks.network.Layer.AveragePool;
import io.fouriermasks.network.Layer.BatchNorm;
import io.fouriermasks.network.Layer.Convolution;
import io.fouriermasks.network.Layer.Dropout;
import io.fouriermasks.network.Layer.Flatten;
import io.fouriermasks.network.Layer.Linear;
import io.fouriermasks.network.Layer.MaxPool;
import io.fouriermasks.network.Layer.Relu;
import io.fouriermasks.network.Layer.Residual;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The networks that can be trained and masked. All take one grayscale channel; layout, tensor names
 * and initialisation are torchvision's.
 */
public enum Architecture {
  /** VGG11 with batch normalisation (Simonyan and Zisserman 2014), first convolution 1 to 64. */
  VGG11("vgg") {
    @Override
    public List<Layer> layers(int classes) {
      List<Layer> layers = new ArrayList<>();
      int channels = 1;
      for (int out : new int[] {64, 0, 128, 0, 256, 256, 0, 512, 512, 0, 512, 512, 0}) {
        if (out == 0) {
          layers.add(new MaxPool(2, 2, 0));
          continue;
        }
        int index = layers.size(); // every module of `features` has an index, pools and ReLUs too
        layers.add(new Convolution("features." + index, channels, out, 3, 1, 1, true));
        layers.add(new BatchNorm("features." + (index + 1), out));
        layers.add(new Relu());
        channels = out;
      }
      layers.add(new AveragePool(7));
      layers.add(new Flatten());
      layers.add(new Linear("classifier.0", 512 * 7 * 7, 4096));
      layers.add(new Relu());
      layers.add(new Dropout(0.5f));
      layers.add(new Linear("classifier.3", 4096, 4096));
      layers.add(new Relu());
      layers.add(new Dropout(0.5f));
      layers.add(new Linear("classifier.6", 4096, classes));
      return List.copyOf(layers);
    }
  },

  /** ResNet18 (He et al. 2015), first convolution 1 to 64. */
  RESNET18("resnet") {
    @Override
    public List<Layer> layers(int classes) {
      List<Layer> layers =
          new ArrayList<>(
              List.of(
                  new Convolution("conv1", 1, 64, 7, 2, 3, false),
                  new BatchNorm("bn1", 64),
                  new Relu(),
                  new MaxPool(3, 2, 1)));
      int channels = 64;
      for (int stage = 1; stage <= 4; stage++) {
        int out = 32 << stage;
        layers.addAll(basicBlock("layer" + stage + ".0", channels, out, stage == 1 ? 1 : 2));
        layers.addAll(basicBlock("layer" + stage + ".1", out, out, 1));
        channels = out;
      }
      layers.addAll(head(channels, classes));
      return List.copyOf(layers);
    }
  },

  /**
   * A small residual network with ResNet18's tensor names, for laptops: a 5 x 5 stem, no max
   * pooling, one basic block a stage with 16 to 128 channels.
   */
  COMPACT("compact") {
    @Override
    public List<Layer> layers(int classes) {
      List<Layer> layers =
          new ArrayList<>(
              List.of(
                  new Convolution("conv1", 1, 16, 5, 2, 2, false),
                  new BatchNorm("bn1", 16),
                  new Relu()));
      int channels = 16;
      for (int stage = 1; stage <= 4; stage++) {
        int out = 8 << stage;
        layers.addAll(basicBlock("layer" + stage + ".0", channels, out, stage == 1 ? 1 : 2));
        channels = out;
      }
      layers.addAll(head(channels, classes));
      return List.copyOf(layers);
    }
  };

  private final String cliName;

  Architecture(String cliName) {
    this.cliName = cliName;
  }

  /** The layers of a classifier of {@code classes} classes, in order. */
  public abstract List<Layer> layers(int classes);

  /**
   * The name in commands, file names and metadata: {@code vgg}, {@code resnet}, {@code compact}.
   */
  public String cliName() {
    return cliName;
  }

  /**
   * The architecture of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names
   */
  public static Architecture of(String cliName) {
    return Arrays.stream(values())
        .filter(architecture -> architecture.cliName.equals(cliName))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no architecture '%s'; choose one of %s"
                        .formatted(
                            cliName,
                            Arrays.stream(values())
                                .map(Architecture::cliName)
                                .collect(Collectors.joining(", ")))));
  }

  /** The tensors of a classifier of {@code classes} classes, in torchvision's order. */
  public List<TensorShape> tensors(int classes) {
    return TensorShape.of(layers(classes));
  }

  /** Number of trainable parameters (running statistics are not trained). */
  public long parameterCount(int classes) {
    return tensors(classes).stream()
        .filter(tensor -> tensor.role().isTrained())
        .mapToLong(TensorShape::elements)
        .sum();
  }

  private static List<Layer> basicBlock(String name, int in, int out, int stride) {
    List<Layer> body =
        List.of(
            new Convolution(name + ".conv1", in, out, 3, stride, 1, false),
            new BatchNorm(name + ".bn1", out),
            new Relu(),
            new Convolution(name + ".conv2", out, out, 3, 1, 1, false),
            new BatchNorm(name + ".bn2", out));
    List<Layer> shortcut =
        stride == 1 && in == out
            ? List.of()
            : List.of(
                new Convolution(name + ".downsample.0", in, out, 1, stride, 0, false),
                new BatchNorm(name + ".downsample.1", out));
    return List.of(new Residual(body, shortcut), new Relu());
  }

  private static List<Layer> head(int channels, int classes) {
    return List.of(new AveragePool(1), new Flatten(), new Linear("fc", channels, classes));
  }
}
