package io.fouriermasks.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fouriermasks.dataset.Augmentation;
import io.fouriermasks.report.AnalysisKind;
import io.fouriermasks.report.TinyStudy;
import io.fouriermasks.report.Variant;
import io.fouriermasks.spectrum.FourierMask;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyseCommandTest {

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void report_writes_a_page_that_needs_nothing_else_with_its_figures_and_tables()
      throws IOException {
    TinyStudy tiny = wholeStudy();
    Path to = folder.resolve("report");
    assertThat(run(report(tiny, to))).as(err.toString()).isZero();

    String html = Files.readString(to.resolve("report.html"));
    assertThat(html).doesNotContain("<script", "<link", "@import").doesNotContain("{section");
    assertThat(matches(html, "(?:src|href)=\"(https?:|//)")).isEmpty();
    List<String> images = matches(html, "(<img [^>]*>)");
    assertThat(images)
        .hasSizeGreaterThan(10)
        .allSatisfy(
            image ->
                assertThat(image)
                    .containsPattern("src=\"data:image/(png|svg\\+xml);base64,")
                    .containsPattern("alt=\"[^\"]{20,}\""));
    assertThat(matches(html, "<a href=\"#([a-z]+)\"")).contains("checks", "reliability", "heatmap");
    for (AnalysisKind kind : AnalysisKind.values()) {
      assertThat(html).contains("id=\"" + kind.id() + "\"");
    }
    for (String file : matches(html, "href=\"((?:figures|tables)/[^\"]+\\.[a-z]+)\"")) {
      assertThat(to.resolve(file)).isNotEmptyFile();
    }
    assertThat(out.toString()).contains("report.html: ", " checks pass");

    JsonNode specification = new ObjectMapper().readTree(to.resolve("specification.json").toFile());
    assertThat(specification.at("/settings/seed").asInt()).isEqualTo(31);
    assertThat(specification.at("/masks/0/meta/preset").asText()).isEqualTo("paper");
    assertThat(specification.at("/models")).hasSize(2);
    assertThat(specification.at("/versions/Engine").asText()).startsWith("PyTorch");

    assertNumbers(to);
  }

  private static void assertNumbers(Path to) throws IOException {
    List<CSVRecord> statistics = csv(to, "mask_statistics");
    assertThat(statistics).hasSize(5);
    FourierMask disc = TinyStudy.plateau(1, 30, 0, 60);
    assertThat(number(statistics.get(1), "sparsity")).isEqualTo(disc.sparsity());
    assertThat(number(statistics.get(1), "l1_share_within_32")).isEqualTo(1);
    assertThat(number(statistics.get(1), "mean_within_20")).isEqualTo(1);

    List<CSVRecord> reliability = csv(to, "reliability");
    assertThat(reliability.get(1).get("source")).isEqualTo("measured on 10 images");
    assertThat(reliability.get(2).get("source")).isEqualTo("recorded by the training");
    assertThat(number(reliability.get(2), "ratio")).isEqualTo(1);

    Map<String, Double> squares = new TreeMap<>();
    for (CSVRecord band : csv(to, "energies")) {
      if (band.get("kind").equals("model")) {
        squares.merge(band.get("training"), Math.pow(number(band, "radial"), 2), Double::sum);
      }
    }
    assertThat(squares).hasSize(5);
    assertThat(squares.values()).allSatisfy(sum -> assertThat(sum).isEqualTo(1, within(1e-6)));

    // through a mask of ones a photograph is itself
    CSVRecord plain = csv(to, "robustness").get(0);
    assertThat(plain.get("variant")).isEqualTo("n");
    assertThat(number(plain, "images")).isEqualTo(10);
    assertThat(number(plain, "masked_soft_percent")).isEqualTo(number(plain, "clean_percent"));
    assertThat(number(plain, "attacked_masked_binary_percent"))
        .isEqualTo(number(plain, "attacked_percent"));

    assertThat(number(csv(to, "probe").get(0), "held_out")).isEqualTo(2);
    assertThat(csv(to, "embedding")).hasSize(20);
    assertThat(csv(to, "faithfulness")).hasSize(2);
    // the zero frequency, and four neighbours that are two pairs of conjugates
    assertThat(csv(to, "heatmap_cells")).hasSize(2 * 5);
    assertThat(number(csv(to, "blueshift").get(0), "after")).isEqualTo(1 / Math.PI, within(1e-3));
  }

  @Test
  void check_prints_a_line_for_each_id_and_fails_with_code_1_if_one_fails() throws IOException {
    TinyStudy tiny = new TinyStudy(folder).withMasks();
    assertThat(run("analyse", "check", "--masks", folder.resolve("masks").toString())).isZero();
    for (int id = 1; id <= 16; id++) {
      assertThat(out.toString()).containsPattern("(?m)^A" + id + " .*(pass|not measured: .+)$");
    }
    tiny.mask(Augmentation.ADVERSARIAL, TinyStudy.plateau(1, 60, 0, 60));
    out.getBuffer().setLength(0);
    assertThat(run("analyse", "check", "--masks", folder.resolve("masks").toString())).isOne();
    assertThat(out.toString()).containsPattern("(?m)^A6 .*fail$");
  }

  @Test
  void an_analysis_prints_its_table_and_says_what_is_not_there() throws IOException {
    new TinyStudy(folder).withMasks();
    Path to = folder.resolve("out");
    assertThat(
            run(
                "analyse",
                "energies",
                "--masks",
                folder.resolve("masks").toString(),
                "--out",
                to.toString()))
        .isZero();
    assertThat(out.toString())
        .containsPattern("(?m)^compact +adv - n +falls +21 ")
        .contains("not there: No masks of single photographs are there. Run train-image-masks");
    assertThat(csv(to, "energies")).hasSize(5 * 64);
    assertThat(to.resolve("figures/energies_radial_compact.svg")).isNotEmptyFile();
  }

  @Test
  void the_blue_shift_needs_no_study() {
    assertThat(run("analyse", "blueshift")).isZero();
    assertThat(out.toString()).containsPattern("(?m)^relu +8 +0.0000 +0.2122$");
  }

  @Test
  void a_sheet_shows_the_augmentations_of_one_photograph_of_each_class() throws IOException {
    new TinyStudy(folder).withPhotographs(1).withModels(Augmentation.NORMAL);
    Path sheet = folder.resolve("sheet.png");
    int code =
        run(
            "analyse",
            "augmentations",
            "--test_data=" + folder.resolve("val"),
            "--weights=" + folder.resolve("models/compact_basemodel_n.safetensors"),
            "--views=1",
            "--device=cpu",
            "--out=" + sheet);
    assertThat(code).as(err.toString()).isZero();
    var image = ImageIO.read(sheet.toFile());
    assertThat(image.getWidth()).isGreaterThan(7 * 256);
    assertThat(image.getHeight()).isGreaterThan(5 * 256);
  }

  @Test
  void bad_usage_names_the_option_and_what_to_do() throws IOException {
    new TinyStudy(folder).withMasks().withModels(Augmentation.NORMAL);
    Path val = folder.resolve("val/lake");
    Files.createDirectories(val);
    Files.write(val.resolve("0.png"), new byte[1]);
    String masks = folder.resolve("masks").toString();
    refused("give --masks, --image_masks or --models", "statistics");
    refused("--masks: there is no folder", "statistics", "--masks", folder + "/nowhere");
    refused("--architecture: ", "statistics", "--masks", masks, "--architecture", "alexnet");
    refused("nothing to analyse in", "statistics", "--masks", masks, "--architecture", "vgg");
    refused("--out: ", "statistics", "--masks", masks, "--out", masks + "/compact_mask_n.npz");
    refused("--sample_images", "heatmap", "--masks", masks, "--sample_images", "0");
    refused(
        "--test_data: ",
        "reliability",
        "--models=" + folder.resolve("models"),
        "--test_data=" + folder.resolve("val"));
    refused("Missing required option: '--out=DIR'", "report", "--masks", masks);
    refused("give either --images or --test_data", "augmentations", "--out", "sheet.png");
    refused("--out: name a file that ends in .png", "augmentations", "--out", "sheet.gif");
  }

  private TinyStudy wholeStudy() throws IOException {
    TinyStudy tiny =
        new TinyStudy(folder)
            .withMasks()
            .withPhotographs(2)
            .withModels(Augmentation.NORMAL, Augmentation.ADVERSARIAL);
    tiny.mask("compact_mask_n_dune", TinyStudy.plateau(1, 12, 0, 0), 0.9, 1);
    for (int label = 0; label < TinyStudy.CLASSES.size(); label++) {
      for (int i = 0; i < 2; i++) {
        tiny.imageMask(Variant.PLAIN, label, i, FourierMask.ones(128));
        tiny.imageMask(Variant.ADVERSARIAL, label, i, TinyStudy.plateau(1, 5 * label + 5, 0, 0));
      }
    }
    return tiny;
  }

  private static String[] report(TinyStudy tiny, Path to) {
    return new String[] {
      "analyse",
      "report",
      "--models=" + tiny.root().resolve("models"),
      "--masks=" + tiny.root().resolve("masks"),
      "--image_masks=" + tiny.root().resolve("image_masks"),
      "--test_data=" + tiny.root().resolve("val"),
      "--out=" + to,
      "--sample_images=2",
      "--heatmap_radius=1",
      "--device=cpu"
    };
  }

  private void refused(String reason, String... args) {
    err.getBuffer().setLength(0);
    String[] all = new String[args.length + 1];
    all[0] = "analyse";
    System.arraycopy(args, 0, all, 1, args.length);
    assertThat(run(all)).as(String.join(" ", args)).isEqualTo(2);
    assertThat(err.toString().lines().findFirst().orElseThrow())
        .startsWith("fourier-masks: ")
        .contains(reason);
    assertThat(err.toString()).doesNotContain("Exception", "\tat ");
  }

  private int run(String... args) {
    return FourierMasksCommand.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  private static List<CSVRecord> csv(Path to, String table) throws IOException {
    String text = Files.readString(to.resolve("tables").resolve(table + ".csv"));
    return CSVFormat.RFC4180
        .builder()
        .setHeader()
        .setSkipHeaderRecord(true)
        .get()
        .parse(new StringReader(text))
        .getRecords();
  }

  private static double number(CSVRecord row, String column) {
    return Double.parseDouble(row.get(column));
  }

  private static List<String> matches(String text, String pattern) {
    List<String> found = new ArrayList<>();
    Pattern.compile(pattern).matcher(text).results().forEach(it -> found.add(it.group(1)));
    return found;
  }
}
