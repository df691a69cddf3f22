package io.fouriermasks.report;

/** The analyses of a study, in the order in which a report tells them. */
public enum AnalysisKind {
  RELIABILITY("reliability", "Accuracy through the masks", Cost.IMAGES),
  STATISTICS("statistics", "Sparsity and reach of the masks", Cost.NOTHING),
  DIFFERENCES("differences", "Differences from the plain model's mask", Cost.NOTHING),
  ENERGIES("energies", "Energy by frequency and direction", Cost.NOTHING),
  ROBUSTNESS("robustness", "Complements and adversarial images", Cost.IMAGES),
  PROBE("probe", "Do masks show the class?", Cost.NOTHING),
  EMBEDDING("embedding", "Map of the masks", Cost.NOTHING),
  FAITHFULNESS("faithfulness", "Faithfulness of the masks", Cost.SAMPLE),
  HEATMAP("heatmap", "What is used, and what hurts", Cost.SAMPLE),
  BLUESHIFT("blueshift", "Blue shift of non-linearities", Cost.NO_STUDY);

  /** What an analysis needs besides the files of the masks. */
  public enum Cost {
    /** No study at all. */
    NO_STUDY,
    /** Nothing. */
    NOTHING,
    /** Passes of the whole evaluation split. */
    IMAGES,
    /** Many passes of a sample of the evaluation split. */
    SAMPLE
  }

  private final String id;
  private final String title;
  private final Cost cost;

  AnalysisKind(String id, String title, Cost cost) {
    this.id = id;
    this.title = title;
    this.cost = cost;
  }

  /** Name of the command, and of the part in a report. */
  public String id() {
    return id;
  }

  /** Title for people. */
  public String title() {
    return title;
  }

  /** What it needs besides the files of the masks. */
  public Cost cost() {
    return cost;
  }

  /**
   * Runs it. Blocks: seconds to minutes.
   *
   * @throws java.util.concurrent.CancellationException if the progress cancels
   * @throws InvalidStudyException if a file of the study turns out to be damaged
   */
  public Section run(Workbench bench) {
    return switch (this) {
      case RELIABILITY -> ReliabilityAnalysis.run(bench);
      case STATISTICS -> StatisticsAnalysis.run(bench);
      case DIFFERENCES -> DifferencesAnalysis.run(bench);
      case ENERGIES -> EnergiesAnalysis.run(bench);
      case ROBUSTNESS -> RobustnessAnalysis.run(bench);
      case PROBE -> ProbeAnalysis.run(bench);
      case EMBEDDING -> EmbeddingAnalysis.run(bench);
      case FAITHFULNESS -> FaithfulnessAnalysis.run(bench);
      case HEATMAP -> HeatMapAnalysis.run(bench);
      case BLUESHIFT -> BlueShiftAnalysis.run();
    };
  }
}
