package io.fouriermasks.command;

import io.fouriermasks.attack.Pgd;
import picocli.CommandLine.Option;

/** The projected gradient descent that a command attacks images with. */
final class AttackOptions {

  @Option(
      names = {"--attack_eps", "--attack-eps"},
      defaultValue = "0.06",
      paramLabel = "DISTANCE",
      description =
          "L-infinity radius of the attack in normalised units; 0.06 is 3.46 / 255 of the pixel"
              + " range (default: ${DEFAULT-VALUE})")
  private float eps;

  @Option(
      names = {"--attack_step", "--attack-step"},
      defaultValue = "0.0075",
      paramLabel = "DISTANCE",
      description = "length of the attack's step in the same units (default: ${DEFAULT-VALUE})")
  private float step;

  @Option(
      names = {"--attack_steps", "--attack-steps"},
      defaultValue = "10",
      paramLabel = "N",
      description = "steps of the attack (default: ${DEFAULT-VALUE})")
  private int steps;

  Pgd pgd() {
    try {
      return new Pgd(eps, step, steps);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--attack_eps, --attack_step, --attack_steps: " + e.getMessage(), e);
    }
  }
}
