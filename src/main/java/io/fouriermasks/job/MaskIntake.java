package io.fouriermasks.job;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fouriermasks.network.Fingerprint;
import io.fouriermasks.spectrum.NpyArray;
import io.fouriermasks.store.ArtefactType;
import io.fouriermasks.store.Artefacts;
import io.fouriermasks.store.LabConfig;
import io.fouriermasks.store.Mask;
import io.fouriermasks.store.Masks;
import io.fouriermasks.store.Model;
import io.fouriermasks.store.Models;
import io.fouriermasks.training.ArchivedMask;
import io.fouriermasks.training.MaskArchive;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Takes in the trained masks below the samples and the data folder, with the photographs that they
 * were learned on; each file once, whatever its name, for as long as its content stays the same.
 */
@Singleton
public class MaskIntake {

  private static final Logger LOG = Logger.getLogger(MaskIntake.class);
  private static final long MAX_BYTES = 64 << 20;

  private final LabConfig config;
  private final Models models;
  private final Masks masks;
  private final Artefacts artefacts;
  private final ImageIntake images;
  private volatile State state = State.LOADING;
  private volatile boolean isStopped;

  MaskIntake(
      LabConfig config, Models models, Masks masks, Artefacts artefacts, ImageIntake images) {
    this.config = config;
    this.models = models;
    this.masks = masks;
    this.artefacts = artefacts;
    this.images = images;
  }

  /** Whether the folders have been looked through since the program started. */
  public enum State {
    /** There may be more in a moment. */
    @JsonProperty("loading")
    LOADING,
    /** All that could be read is there. */
    @JsonProperty("ready")
    READY
  }

  /** How far it is. */
  public State state() {
    return state;
  }

  /** Takes in what is new. Files that cannot be read are skipped. Reads the disk: takes a while. */
  public synchronized void run() {
    try {
      takeAll();
    } catch (RuntimeException e) {
      // at the end of the program the database goes away under the last file
      if (!isStopped) {
        LOG.error("the masks in the folders could not be taken in", e);
      }
    } finally {
      state = State.READY;
    }
  }

  /** Ends {@link #run} after the file that it is at; the next start goes on. */
  void stop() {
    isStopped = true;
  }

  private void takeAll() {
    Set<String> known = masks.sources();
    Map<String, Model> catalogue = new HashMap<>();
    models.available().forEach(model -> catalogue.put(key(model), model));
    List<Path> roots = roots();
    KitPhotographs photographs = new KitPhotographs(roots, images);
    int taken = 0;
    for (Path root : roots) {
      for (MaskFile file : files(root)) {
        if (isStopped) {
          return;
        }
        taken += take(file, catalogue, known, photographs) ? 1 : 0;
      }
    }
    LOG.infof("%d trained masks were taken in from the folders, %d before", taken, known.size());
  }

  private List<Path> roots() {
    List<Path> roots = new ArrayList<>();
    config.samplesDir().ifPresent(roots::add);
    roots.add(config.dataDir());
    return roots.stream().map(root -> root.toAbsolutePath().normalize()).toList();
  }

  private static List<MaskFile> files(Path root) {
    try {
      return MaskFile.below(root);
    } catch (IOException e) {
      LOG.warnf("the masks below %s are skipped: %s", root, e.getMessage());
      return List.of();
    }
  }

  private boolean take(
      MaskFile file, Map<String, Model> catalogue, Set<String> known, KitPhotographs photographs) {
    try {
      Model model = catalogue.get(key(file.family(), file.architecture(), file.augmentation()));
      if (model == null) {
        throw new IllegalArgumentException("its network is not there");
      }
      byte[] content = content(file.file());
      String source = source(model, file, content);
      return !known.contains(source) && take(file, model, content, source, photographs);
    } catch (IOException | IllegalArgumentException e) {
      LOG.warnf("the mask %s is skipped: %s", file.file(), e.getMessage());
      return false;
    }
  }

  private boolean take(
      MaskFile file, Model model, byte[] content, String source, KitPhotographs photographs)
      throws IOException {
    ArchivedMask archive = MaskArchive.read(content);
    Mask.Result result = ArchivedResult.of(file.kind(), archive, model);
    String image =
        file.kind() == Mask.Kind.IMAGE_MASK
            ? photographs.take(archive.meta().path("image").asText()).id()
            : null;
    float[] plane = archive.mask().fullPlane();
    Mask.Files files =
        new Mask.Files(
            artefacts.put(ArtefactType.NPZ, content),
            artefacts.put(ArtefactType.BIN, NpyArray.of(plane, plane.length).data()),
            null);
    return masks.adopt(source, image, file.variant(), model.id(), result, files).isPresent();
  }

  private static byte[] content(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IllegalArgumentException("it is too large for a mask");
    }
    return Files.readAllBytes(file);
  }

  /** The content, and what it was taken for: a copy in another folder is the same mask. */
  private static String source(Model model, MaskFile file, byte[] content) {
    return new Fingerprint()
        .add(model.id() + "\n" + file.kind() + "\n" + file.variant() + "\n")
        .add(content)
        .hex();
  }

  private static String key(Model model) {
    return key(model.family(), model.architecture(), model.augmentation());
  }

  private static String key(String family, String architecture, String augmentation) {
    return String.join("/", family, architecture, augmentation);
  }
}
