package io.fouriermasks.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fouriermasks.analysis.SearchComparison;
import io.fouriermasks.analysis.SearchComparison.Pair;
import io.fouriermasks.training.ArchivedMask;
import io.fouriermasks.training.ImageMaskSettings;
import io.fouriermasks.training.MaskArchive;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code analyse search}: masks of the same photographs by two presets, side by side. */
@Command(
    name = "search",
    description =
        "Compares masks of the same photographs that two presets have found: objectives, steps, how"
            + " alike the masks are. Takes two folders that train-image-masks has filled under the"
            + " same weights; photographs are matched by the names of their files.",
    mixinStandardHelpOptions = true)
final class SearchCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--baseline",
      required = true,
      paramLabel = "DIR",
      description = "masks to compare with, such as those of --preset paper")
  private Path baseline;

  @Option(
      names = "--masks",
      required = true,
      paramLabel = "DIR",
      description = "masks to judge, such as those of --preset fast")
  private Path masks;

  @Option(names = "--json", description = "print one JSON object with every photograph instead")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    SearchComparison comparison = compare();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(comparison));
    } else {
      print(comparison, out);
    }
    return 0;
  }

  private SearchComparison compare() throws IOException {
    List<Pair> pairs = new ArrayList<>();
    for (String name : names(baseline, "--baseline")) {
      Path other = masks.resolve(name);
      if (Files.isRegularFile(other)) {
        pairs.add(pair(name, other));
      }
    }
    if (pairs.isEmpty()) {
      throw new UsageException(
          "--masks: %s has no mask of a photograph of %s; make them with train-image-masks"
              .formatted(masks, baseline));
    }
    return new SearchComparison(pairs);
  }

  private Pair pair(String name, Path other) throws IOException {
    try {
      return Pair.of(
          name, read(baseline.resolve(name)), read(other), ImageMaskSettings.PAPER.decay());
    } catch (IllegalArgumentException e) {
      throw new UsageException("%s: %s".formatted(name, e.getMessage()), e);
    }
  }

  private static ArchivedMask read(Path file) throws IOException {
    return MaskArchive.read(Files.readAllBytes(file));
  }

  private static List<String> names(Path folder, String option) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new UsageException("%s: there is no folder %s".formatted(option, folder));
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".npz"))
          .sorted()
          .toList();
    }
  }

  private static void print(SearchComparison comparison, PrintWriter out) {
    out.printf("%d photographs; median, 90th percentile, most%n", comparison.pairs().size());
    row(out, comparison, "objective less 1, baseline", pair -> pair.baseline().excess());
    row(out, comparison, "objective less 1", pair -> pair.other().excess());
    row(out, comparison, "objective less baseline's", Pair::difference);
    row(out, comparison, "sparsity, baseline", pair -> pair.baseline().sparsity());
    row(out, comparison, "sparsity", pair -> pair.other().sparsity());
    row(out, comparison, "steps, baseline", pair -> pair.baseline().steps());
    row(out, comparison, "steps", pair -> pair.other().steps());
    row(out, comparison, "overlap of the masks (Jaccard)", Pair::overlap);
    row(out, comparison, "radial energy, mean difference", Pair::radialDifference);
    out.printf("steps of the baseline for one: %.1f%n", comparison.stepRatio());
    out.printf(
        "predictions kept: %.1f %%, baseline %.1f %%%n",
        100 * comparison.share(pair -> pair.other().isKept()),
        100 * comparison.share(pair -> pair.baseline().isKept()));
    out.printf(
        "objective not above the baseline's: %.1f %%%n",
        100 * comparison.share(pair -> pair.difference() <= 0));
    out.flush();
  }

  private static void row(
      PrintWriter out, SearchComparison comparison, String title, ToDoubleFunction<Pair> number) {
    out.printf(
        "%-32s %12.3g %12.3g %12.3g%n",
        title,
        comparison.quantile(0.5, number),
        comparison.quantile(0.9, number),
        comparison.quantile(1, number));
  }
}
