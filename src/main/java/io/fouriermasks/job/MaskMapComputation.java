package io.fouriermasks.job;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fouriermasks.analysis.AnalysisListener;
import io.fouriermasks.analysis.Embedding;
import io.fouriermasks.analysis.LinearProbe;
import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.store.ArtefactType;
import io.fouriermasks.store.Artefacts;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.Mask;
import io.fouriermasks.training.ArchivedMask;
import io.fouriermasks.training.MaskArchive;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jboss.logging.Logger;

/** One map on its way: run by one thread, watched and cancelled by others. */
public final class MaskMapComputation implements Runnable, AnalysisListener {

  private static final Logger LOG = Logger.getLogger(MaskMapComputation.class);

  private final List<Mask> masks;
  private final Artefacts artefacts;
  private volatile MaskMaps.Progress progress;
  private volatile MaskMaps.State end;
  private volatile boolean isCancelled;

  /** What is being done. */
  public enum Phase {
    /** Another map is computed first. */
    @JsonProperty("waiting")
    WAITING,
    /** Counts masks read. */
    @JsonProperty("masks")
    MASKS,
    /** Counts epochs of the linear classifier. */
    @JsonProperty("classifier")
    CLASSIFIER,
    /** Counts epochs of the same classifier with permuted labels. */
    @JsonProperty("chance")
    CHANCE,
    /** UMAP, which does not tell how far it is. */
    @JsonProperty("map")
    MAP
  }

  MaskMapComputation(List<Mask> masks, Artefacts artefacts) {
    this.masks = masks;
    this.artefacts = artefacts;
    this.progress = new MaskMaps.Progress(Phase.WAITING, 0, 0);
  }

  MaskMaps.State state() {
    MaskMaps.State reached = end;
    return reached != null ? reached : progress;
  }

  /** Ends it before its next epoch; while UMAP works, when that is done. */
  void cancel() {
    isCancelled = true;
  }

  @Override
  public boolean isCancelled() {
    return isCancelled;
  }

  @Override
  public void onProgress(int done) {
    progress = new MaskMaps.Progress(progress.phase(), done, progress.of());
  }

  @Override
  public void run() {
    try {
      end = compute();
    } catch (CancellationException e) {
      LOG.debug("a map of masks was cancelled");
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.error("a map of masks failed", e);
      end = new MaskMaps.Failed();
    }
  }

  private MaskMaps.State compute() {
    List<FourierMask> planes = new ArrayList<>();
    List<MaskMap.Classed> classed = new ArrayList<>();
    begin(Phase.MASKS, masks.size());
    for (Mask mask : masks) {
      AnalysisListener.requireGoingOn(this);
      ArchivedMask archive =
          MaskArchive.read(artefacts.read(ArtefactType.NPZ, mask.files().archive()));
      planes.add(archive.mask());
      classed.add(classed(mask, archive));
      onProgress(planes.size());
    }
    List<String> classes =
        classed.stream().map(MaskMap.Classed::className).distinct().sorted().toList();
    if (classes.size() < 2) {
      return new MaskMaps.Impossible(masks.size(), classes.size());
    }
    int[] labels = classed.stream().mapToInt(it -> classes.indexOf(it.className())).toArray();
    LinearProbe.Settings paper = LinearProbe.Settings.paper(JobSpecification.DEFAULT_SEED);
    begin(Phase.CLASSIFIER, paper.epochs());
    LinearProbe probe = LinearProbe.train(planes, labels, classes.size(), paper, this);
    begin(Phase.CHANCE, paper.epochs());
    int[] permuted = LinearProbe.permuted(labels, paper.seed());
    LinearProbe chance = LinearProbe.train(planes, permuted, classes.size(), paper, this);
    begin(Phase.MAP, 0);
    AnalysisListener.requireGoingOn(this);
    Embedding embedding = Embedding.of(probe.logits());
    return new MaskMaps.Ready(
        new MaskMap(classed, classes, probe, chance.testAccuracy(), embedding));
  }

  /** A study names its photographs CLASS/FILE; of an upload nobody knows the class. */
  private static MaskMap.Classed classed(Mask mask, ArchivedMask archive) {
    String image = archive.meta().path("image").asText();
    int slash = image.indexOf('/');
    return slash > 0
        ? new MaskMap.Classed(mask, image.substring(0, slash), true)
        : new MaskMap.Classed(mask, ((Mask.ImageResult) mask.result()).labelName(), false);
  }

  private void begin(Phase phase, int of) {
    progress = new MaskMaps.Progress(phase, 0, of);
  }
}
