package io.fouriermasks.job;

import io.fouriermasks.dataset.EvaluationTransform;
import io.fouriermasks.dataset.ImageDecoder;
import io.fouriermasks.dataset.RgbImage;
import io.fouriermasks.dataset.UnreadableImageException;
import io.fouriermasks.job.IntakeResult.Reason;
import io.fouriermasks.store.Actor;
import io.fouriermasks.store.ArtefactType;
import io.fouriermasks.store.Artefacts;
import io.fouriermasks.store.DiskFullException;
import io.fouriermasks.store.DiskSpace;
import io.fouriermasks.store.Image;
import io.fouriermasks.store.Images;
import io.fouriermasks.store.LabConfig;
import io.fouriermasks.store.UserStorage;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Takes in pictures from strangers: decodes them on few threads, within limits of size and time,
 * and keeps nothing of a file but its pixels.
 */
@Singleton
public class ImageIntake {

  private static final Logger LOG = Logger.getLogger(ImageIntake.class);
  private static final int MAX_NAME_LENGTH = 255;
  private static final int ID_LENGTH = 16;

  /** Side of a network's input in pixels. */
  private static final int INPUT_SIZE = 128;

  private final LabConfig.Uploads limits;
  private final Artefacts artefacts;
  private final DiskSpace space;
  private final UserStorage storage;
  private final Images images;
  private final Clock clock;
  private final ImageDecoder decoder = new ImageDecoder(ImageDecoder.Limits.UPLOAD);
  private final EvaluationTransform transform = new EvaluationTransform(INPUT_SIZE);
  private final ExecutorService workers;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "image-intake-watch"));

  ImageIntake(
      LabConfig config,
      Artefacts artefacts,
      DiskSpace space,
      UserStorage storage,
      Images images,
      Clock clock) {
    this.space = space;
    this.storage = storage;
    this.limits = config.uploads();
    this.artefacts = artefacts;
    this.images = images;
    this.clock = clock;
    this.workers =
        Executors.newFixedThreadPool(limits.threads(), task -> daemon(task, "image-intake"));
  }

  /** A file that was handed in: what the user called it, and where its bytes are. */
  public record Upload(String name, Path file) {}

  private interface Source {
    byte[] read() throws IOException;
  }

  /**
   * Takes in files; the results are in their order. Blocks until all are done.
   *
   * @throws DiskFullException if there is too little space; nothing is stored then
   * @throws io.fouriermasks.store.StorageFullException if they have too little left; nothing is
   *     stored then
   */
  public List<IntakeResult> takeAll(List<Upload> uploads, Actor by) {
    long bytes = uploads.stream().mapToLong(upload -> upload.file().toFile().length()).sum();
    space.require(bytes);
    storage.require(by, bytes);
    List<CompletableFuture<IntakeResult>> results =
        uploads.stream().map(upload -> submit(upload, by)).toList();
    return results.stream().map(CompletableFuture::join).toList();
  }

  /** Takes in one file. Blocks until it is done. */
  public IntakeResult take(String name, byte[] file, Actor by) {
    return submit(text(name), () -> file, by).join();
  }

  private CompletableFuture<IntakeResult> submit(Upload upload, Actor by) {
    String name = text(upload.name());
    long most = limits.maxFileSize().asLongValue();
    if (upload.file().toFile().length() > most) {
      return CompletableFuture.completedFuture(
          refused(
              name,
              Reason.TOO_LARGE,
              "The file is larger than the %d MB allowed; make the picture smaller."
                  .formatted(most >> 20)));
    }
    return submit(name, () -> Files.readAllBytes(upload.file()), by);
  }

  private CompletableFuture<IntakeResult> submit(String name, Source source, Actor by) {
    CompletableFuture<IntakeResult> result = new CompletableFuture<>();
    workers.execute(
        () -> {
          // the decoder cannot be stopped, but whoever waits for it need not wait on
          ScheduledFuture<?> limit =
              watch.schedule(
                  () ->
                      result.complete(
                          refused(name, Reason.TOO_SLOW, "It takes too long to decode.")),
                  limits.timeLimit().toMillis(),
                  TimeUnit.MILLISECONDS);
          result.complete(take(name, source, by, result));
          limit.cancel(false);
        });
    return result;
  }

  private IntakeResult take(String name, Source source, Actor by, CompletableFuture<?> result) {
    try {
      RgbImage picture = decoder.decode(source.read());
      byte[] input = PngEncoder.encode(transform.apply(picture).toBufferedImage());
      byte[] encoded = PngEncoder.encode(picture.toBufferedImage());
      if (result.isDone()) {
        return refused(name, Reason.TOO_SLOW, "It takes too long to decode.");
      }
      Image image =
          new Image(
              id(picture),
              name,
              picture.width(),
              picture.height(),
              artefacts.put(ArtefactType.PNG, encoded),
              artefacts.put(ArtefactType.PNG, input),
              clock.instant(),
              by.asMaker());
      return new IntakeResult.Stored(
          name, images.store(image, (long) encoded.length + input.length, by));
    } catch (UnreadableImageException e) {
      LOG.debugf(e, "a picture was refused");
      return refused(name, Reason.UNREADABLE, e.getMessage());
    } catch (OutOfMemoryError e) {
      LOG.warn("a picture was too large for the memory", e);
      return refused(
          name,
          Reason.MEMORY,
          "The server's memory is too small for it; make the picture smaller.");
    } catch (DiskFullException e) {
      return refused(name, Reason.DISK_FULL, e.getMessage());
    } catch (IOException | RuntimeException | Error e) {
      LOG.error("a picture could not be stored", e);
      return refused(name, Reason.ERROR, "The server could not store it; its log has the details.");
    }
  }

  private static IntakeResult.Refused refused(String name, Reason reason, String detail) {
    return new IntakeResult.Refused(name, reason, "The picture was refused", detail);
  }

  /** The name is shown, and nothing else: no folder, no control characters, not endless. */
  private static String text(String name) {
    String given = name == null ? "" : name;
    String last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
    String shown = last.replaceAll("[\\p{Cntrl}\\p{Cf}]", "").strip();
    if (shown.isEmpty()) {
      return "unnamed";
    }
    return shown.length() <= MAX_NAME_LENGTH ? shown : shown.substring(0, MAX_NAME_LENGTH);
  }

  /** Of the pixels, so that the same picture in two files is stored once. */
  private static String id(RgbImage picture) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(
          ByteBuffer.allocate(12)
              .putInt(picture.width())
              .putInt(picture.height())
              .putInt(picture.channels())
              .array());
      return HexFormat.of().formatHex(digest.digest(picture.samples())).substring(0, ID_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  @PreDestroy
  void close() {
    workers.shutdownNow();
    watch.shutdownNow();
  }
}
