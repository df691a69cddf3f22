package io.fouriermasks.network;

import java.util.List;

/**
 * One step of a network, without its weights. A network is a list of these; names are torchvision's
 * prefixes ({@code layer1.0.conv1}), so that a layer's tensors are {@code NAME.weight}, {@code
 * NAME.bias} and so on.
 */
public sealed interface Layer {

  /** 2-D convolution with a square kernel. */
  record Convolution(
      String name, int in, int out, int kernel, int stride, int padding, boolean bias)
      implements Layer {}

  /** Batch normalisation over the channels, eps 1e-5, momentum 0.1. */
  record BatchNorm(String name, int channels) implements Layer {}

  /** {@code max(x, 0)}. */
  record Relu() implements Layer {}

  /** Maximum over square windows. */
  record MaxPool(int kernel, int stride, int padding) implements Layer {}

  /** Adaptive average pooling to {@code size x size} cells. */
  record AveragePool(int size) implements Layer {}

  /** N x C x H x W to N x (C H W). */
  record Flatten() implements Layer {}

  /** Sets a share of the values to 0 in training, does nothing in eval mode. */
  record Dropout(float rate) implements Layer {}

  /** {@code x W' + b}. */
  record Linear(String name, int in, int out) implements Layer {}

  /** {@code body(x) + shortcut(x)}; an empty shortcut is the identity. */
  record Residual(List<Layer> body, List<Layer> shortcut) implements Layer {}
}
