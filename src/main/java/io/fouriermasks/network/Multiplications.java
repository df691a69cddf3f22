package io.fouriermasks.network;

import io.fouriermasks.network.Layer.Convolution;
import io.fouriermasks.network.Layer.Linear;
import io.fouriermasks.network.Layer.MaxPool;
import io.fouriermasks.network.Layer.Residual;
import java.util.List;

/** How much there is to compute in a network's convolutions and linear layers. */
final class Multiplications {

  private long sum;

  private Multiplications() {}

  /** Multiplications of one image of {@code size x size} on its way forward. */
  static long of(List<Layer> layers, int size) {
    Multiplications multiplications = new Multiplications();
    multiplications.add(layers, size);
    return multiplications.sum;
  }

  /**
   * @return side of what the layers hand on
   */
  private int add(List<Layer> layers, int inputSize) {
    int size = inputSize;
    for (Layer layer : layers) {
      if (layer instanceof Convolution c) {
        size = reduced(size, c.kernel(), c.stride(), c.padding());
        sum += (long) size * size * c.in() * c.out() * c.kernel() * c.kernel();
      } else if (layer instanceof MaxPool p) {
        size = reduced(size, p.kernel(), p.stride(), p.padding());
      } else if (layer instanceof Residual r) {
        add(r.shortcut(), size);
        size = add(r.body(), size);
      } else if (layer instanceof Linear l) {
        sum += (long) l.in() * l.out();
      }
    }
    return size;
  }

  /** Side of what a window is moved over. */
  static int reduced(int size, int kernel, int stride, int padding) {
    return (size + 2 * padding - kernel) / stride + 1;
  }
}
