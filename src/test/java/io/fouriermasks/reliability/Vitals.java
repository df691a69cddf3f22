package io.fouriermasks.reliability;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process takes, after its garbage was collected.
 *
 * @param resident memory in bytes
 * @param threads that live
 * @param arrays native arrays that something still holds
 */
record Vitals(long resident, int threads, long arrays) {

  private static final String ARRAY = "ai.djl.pytorch.engine.PtNDArray";

  /** Of the process with this number, on Linux. */
  static Vitals of(long pid) throws IOException, InterruptedException {
    long arrays = arrays(pid); // first: it collects the garbage
    long resident = 0;
    int threads = 0;
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      String[] words = line.split("\\s+");
      if (words[0].equals("VmRSS:")) {
        resident = Long.parseLong(words[1]) * 1024;
      } else if (words[0].equals("Threads:")) {
        threads = Integer.parseInt(words[1]);
      }
    }
    return new Vitals(resident, threads, arrays);
  }

  private static long arrays(long pid) throws IOException, InterruptedException {
    Process histogram =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "GC.class_histogram")
            .start();
    String text = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    histogram.waitFor();
    return text.lines()
        .map(line -> line.strip().split("\\s+"))
        .filter(words -> words.length >= 4 && words[3].equals(ARRAY))
        .mapToLong(words -> Long.parseLong(words[1]))
        .sum();
  }

  @Override
  public String toString() {
    return "%.0f MB, %d threads, %d arrays".formatted(resident / 1e6, threads, arrays);
  }
}
