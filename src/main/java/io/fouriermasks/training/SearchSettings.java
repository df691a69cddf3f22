package io.fouriermasks.training;

import java.util.List;
import java.util.Optional;

/** How the masks of single images are searched for: what every preset says. */
public sealed interface SearchSettings permits ImageMaskSettings, TrustRegionSettings {

  /** The presets by their names, the default first. */
  List<SearchSettings> PRESETS = List.of(ImageMaskSettings.PAPER, TrustRegionSettings.FAST);

  /** The preset of this name. */
  static Optional<SearchSettings> preset(String name) {
    return PRESETS.stream().filter(settings -> settings.preset().equals(name)).findFirst();
  }

  /** Name under which the settings are known. */
  String preset();

  /** Weight of the sparsity term. */
  double decay();

  /** Most steps that an image may take. */
  int maxSteps();

  /** Steps in a row without movement after which an image has converged. */
  int quietSteps();

  /** The same settings with another limit on the number of steps. */
  SearchSettings withMaxSteps(int steps);
}
