package io.fouriermasks.job;

import io.fouriermasks.store.Artefacts;
import io.fouriermasks.store.DatabaseProduct;
import io.fouriermasks.store.DeletedFiles;
import io.fouriermasks.store.DeletedImages;
import io.fouriermasks.store.DeletedJobs;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.Jobs;
import io.fouriermasks.store.LabConfig;
import io.fouriermasks.store.Previews;
import io.fouriermasks.store.UserStorage;
import io.fouriermasks.store.UserStorage.Kind;
import io.fouriermasks.store.WeightFiles;
import io.fouriermasks.store.Workers;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Removes what is old and no result consists of: checkpoints of jobs that have failed, masks on
 * their way of jobs that have ended, what was deleted, and what killed processes left unfinished.
 */
@Singleton
class Retention {

  private static final Logger LOG = Logger.getLogger(Retention.class);

  /**
   * An artefact that was put again a day ago at most may be of a job that runs now: the same
   * training makes the same files.
   */
  private static final Duration UNUSED = Duration.ofDays(1);

  /** So many are looked for in all rows at once. */
  private static final int ARTEFACTS_AT_ONCE = 20_000;

  private static final double MEGABYTE = 1 << 20;

  private final LabConfig.Retention ages;
  private final Path data;
  private final Clock clock;
  private final DatabaseProduct database;
  private final Workers workers;
  private final Worker worker;
  private final Jobs jobs;
  private final JobFolders folders;
  private final DeletedJobs deletedJobs;
  private final DeletedImages deletedImages;
  private final DeletedFiles deletedFiles;
  private final WeightFiles weights;
  private final Previews previews;
  private final Artefacts artefacts;
  private final UserStorage storage;
  private final Temporaries temporaries;

  Retention(
      LabConfig config,
      Clock clock,
      DatabaseProduct database,
      Workers workers,
      Worker worker,
      Jobs jobs,
      JobFolders folders,
      DeletedJobs deletedJobs,
      DeletedImages deletedImages,
      DeletedFiles deletedFiles,
      WeightFiles weights,
      Previews previews,
      Artefacts artefacts,
      UserStorage storage,
      Temporaries temporaries) {
    this.ages = config.retention();
    this.data = config.dataDir().toAbsolutePath().normalize();
    this.clock = clock;
    this.database = database;
    this.workers = workers;
    this.worker = worker;
    this.jobs = jobs;
    this.folders = folders;
    this.deletedJobs = deletedJobs;
    this.deletedImages = deletedImages;
    this.deletedFiles = deletedFiles;
    this.weights = weights;
    this.previews = previews;
    this.artefacts = artefacts;
    this.storage = storage;
    this.temporaries = temporaries;
  }

  /** What a sweep has removed. */
  record Swept(Freed checkpoints, Freed previews, Freed deleted, Freed temporaries) {

    static final Swept NOTHING =
        new Swept(Freed.NOTHING, Freed.NOTHING, Freed.NOTHING, Freed.NOTHING);
  }

  @Scheduled(every = "1h", delayed = "10m", concurrentExecution = ConcurrentExecution.SKIP)
  void sweepIfMine() {
    try {
      tell(isMine() ? sweep() : sweepThisMachine());
    } catch (IOException | RuntimeException e) {
      LOG.warnf("what is old could not be removed, and is tried again: %s", e.getMessage());
    }
  }

  /**
   * Whether this process is the one of all that share the lab: the first of those that live. If two
   * take themselves for it, because one is just being started, each thing is still removed once.
   */
  boolean isMine() {
    return !database.isShared()
        || workers.alive().stream()
            .findFirst()
            .filter(first -> first.name().equals(worker.name()))
            .isPresent();
  }

  Swept sweep() throws IOException {
    Swept here = sweepThisMachine();
    return new Swept(
        here.checkpoints().and(checkpoints(folders.jobsInBucket())),
        ages.previews().isZero() ? Freed.NOTHING : previews(before(ages.previews())),
        here.deleted()
            .and(ages.deleted().isZero() ? Freed.NOTHING : deleted(before(ages.deleted()))),
        here.temporaries());
  }

  /** What processes with the same folder may do side by side, and those with another one must. */
  private Swept sweepThisMachine() throws IOException {
    return new Swept(
        checkpoints(folders.jobs()),
        Freed.NOTHING,
        deletedHere(),
        ages.temporaries().isZero()
            ? Freed.NOTHING
            : temporaries.remove(before(ages.temporaries())));
  }

  private Instant before(Duration age) {
    return clock.instant().minus(age);
  }

  /** A job that waits or is paused keeps its own however old it is. */
  private Freed checkpoints(List<Long> kept) {
    if (ages.checkpoints().isZero()) {
      return Freed.NOTHING;
    }
    Instant endedBefore = before(ages.checkpoints());
    Predicate<Job> isOld = job -> job.state().isFinal() && job.finishedAt().isBefore(endedBefore);
    return jobs.all(kept).stream()
        .filter(isOld)
        .map(job -> new Freed(1, folders.delete(job.id())))
        .reduce(Freed.NOTHING, Freed::and);
  }

  private Freed previews(Instant endedBefore) {
    Freed freed = Freed.NOTHING;
    Iterator<Long> old = previews.removable(endedBefore).iterator();
    while (old.hasNext()) {
      // the rows first: what a row names is there
      Set<String> named = new LinkedHashSet<>();
      while (old.hasNext() && named.size() < ARTEFACTS_AT_ONCE) {
        long job = old.next();
        Previews.Removed removed = previews.remove(job);
        storage.removed(job, removed.artefacts().stream().mapToLong(artefacts::size).sum());
        named.addAll(removed.artefacts());
        freed = freed.and(new Freed(removed.previews(), 0));
      }
      freed = freed.and(unnamed(named));
    }
    return freed;
  }

  /** What nobody has wanted back; the rows first: what a row names is there. */
  private Freed deleted(Instant deletedBefore) {
    Freed freed = Freed.NOTHING;
    for (long job : deletedJobs.before(deletedBefore)) {
      Optional<Set<String>> named = deletedJobs.remove(job, deletedBefore);
      if (named.isPresent()) {
        freed = freed.and(new Freed(1, folders.delete(job))).and(unnamed(named.get()));
      }
    }
    for (String image : deletedImages.before(deletedBefore)) {
      Optional<Set<String>> named = deletedImages.remove(image, deletedBefore);
      if (named.isPresent()) {
        freed = freed.and(new Freed(1, 0)).and(unnamed(named.get()));
      }
    }
    return freed.and(
        given(
            deletedFiles.giveUp(
                Kind.MODEL,
                deletedBefore,
                model -> OptionalLong.of(weights.remove(model)),
                weights.areCopied())));
  }

  /** What lies on this machine of that which was deleted. */
  private Freed deletedHere() {
    long copies = deletedFiles.remembered(Kind.MODEL).stream().mapToLong(weights::remove).sum();
    Freed freed = new Freed(0, copies);
    return ages.deleted().isZero()
        ? freed
        : freed.and(
            given(
                deletedFiles.giveUp(
                    Kind.DATASET, before(ages.deleted()), this::removeDataset, false)));
  }

  private static Freed given(DeletedFiles.GivenUp given) {
    return new Freed(given.things(), given.bytes());
  }

  private OptionalLong removeDataset(DeletedFiles.Thing dataset) {
    Path folder = data.resolve(dataset.place());
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return OptionalLong.empty(); // on another machine
    }
    try {
      return OptionalLong.of(FileTree.delete(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes those of the files that no row names any more. */
  private Freed unnamed(Set<String> named) {
    Freed freed = Freed.NOTHING;
    for (String artefact : previews.unnamed(named)) {
      freed = freed.and(new Freed(0, artefacts.remove(artefact, before(UNUSED))));
    }
    return freed;
  }

  private static void tell(Swept swept) {
    if (!swept.equals(Swept.NOTHING)) {
      LOG.infof(
          "removed as too old: checkpoints of %d jobs (%.1f MB), %d masks on their way (%.1f MB),"
              + " %d deleted things (%.1f MB), %d unfinished files and datasets (%.1f MB)",
          swept.checkpoints().things(),
          swept.checkpoints().bytes() / MEGABYTE,
          swept.previews().things(),
          swept.previews().bytes() / MEGABYTE,
          swept.deleted().things(),
          swept.deleted().bytes() / MEGABYTE,
          swept.temporaries().things(),
          swept.temporaries().bytes() / MEGABYTE);
    }
  }
}
