package io.fouriermasks.command;

import picocli.CommandLine.Option;

/** Where the chance of an analysis comes from. */
final class SeedOption {

  @Option(
      names = "--seed",
      defaultValue = "31",
      paramLabel = "N",
      description =
          "draws photographs, signs, permuted labels and splits (default: ${DEFAULT-VALUE})")
  private long seed;

  long value() {
    return seed;
  }
}
