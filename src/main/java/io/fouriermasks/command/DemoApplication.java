package io.fouriermasks.command;

import io.fouriermasks.job.EngineLoader;
import io.fouriermasks.job.ImageIntake;
import io.fouriermasks.job.IntakeResult;
import io.fouriermasks.job.JobFeed;
import io.fouriermasks.job.JobProgress;
import io.fouriermasks.job.JobService;
import io.fouriermasks.store.AccessSecret;
import io.fouriermasks.store.Actor;
import io.fouriermasks.store.ArtefactType;
import io.fouriermasks.store.Artefacts;
import io.fouriermasks.store.Image;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.JobState;
import io.fouriermasks.store.Jobs;
import io.fouriermasks.store.Mask;
import io.fouriermasks.store.Masks;
import io.fouriermasks.store.Models;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The demonstration, done the way that the dashboard does it: an upload and a job. Its arguments
 * are the photograph and the dashboard's address, or {@link #ONCE} to end after the training.
 */
class DemoApplication implements QuarkusApplication {

  /** Below the samples: a photograph that the starter model is sure of. */
  static final String PHOTOGRAPH = "photos/val/grass/new_alpine_grass_c_0_0_256.jpg";

  /** Instead of an address. */
  static final String ONCE = "once";

  private static final String MODEL = "surfaces-compact-n";

  private final EngineLoader engine;
  private final ImageIntake intake;
  private final JobService service;
  private final JobFeed feed;
  private final Jobs jobs;
  private final Masks masks;
  private final Models models;
  private final Artefacts artefacts;
  private final AccessSecret secret;
  private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

  DemoApplication(
      EngineLoader engine,
      ImageIntake intake,
      JobService service,
      JobFeed feed,
      Jobs jobs,
      Masks masks,
      Models models,
      Artefacts artefacts,
      AccessSecret secret) {
    this.engine = engine;
    this.intake = intake;
    this.service = service;
    this.feed = feed;
    this.jobs = jobs;
    this.masks = masks;
    this.models = models;
    this.artefacts = artefacts;
    this.secret = secret;
  }

  @Override
  public int run(String... args) throws IOException, InterruptedException {
    engine.start(); // nobody else does when nothing listens
    Path photograph = Path.of(args[0]);
    boolean once = args[1].equals(ONCE);
    String name = photograph.getFileName().toString();
    IntakeResult stored = intake.take(name, Files.readAllBytes(photograph), Actor.LAB);
    if (stored instanceof IntakeResult.Refused refused) {
      out.println("fourier-masks: " + refused.detail());
      return 1;
    }
    Image image = ((IntakeResult.Stored) stored).image();
    out.printf("photograph %s, network %s%n", name, models.get(MODEL).name());
    Job job = service.submit(JobSpecification.imageMasks(MODEL, List.of(image.id())), Actor.LAB);
    job = follow(job);
    if (job.state() != JobState.SUCCEEDED) {
      out.printf("fourier-masks: the training %s: %s%n", job.state(), job.error());
      return 1;
    }
    report(job, args[1]);
    if (!once) {
      Quarkus.waitForExit();
    }
    return 0;
  }

  /** Shows the progress until the job has ended. */
  private Job follow(Job job) throws InterruptedException {
    Semaphore news = new Semaphore(1);
    try (JobFeed.Subscription subscription = feed.follow(List.of(job.id()), news::release);
        Terminal terminal = Terminal.of(out, "mask", 1)) {
      while (true) {
        Job now = jobs.get(job.id());
        if (now.state().isFinal()) {
          return now;
        }
        feed.progress(job.id())
            .filter(progress -> progress.step() > 0)
            .ifPresent(progress -> show(terminal, progress));
        // a lost signal may cost a moment, not the demonstration
        news.tryAcquire(1, TimeUnit.SECONDS);
        news.drainPermits();
      }
    }
  }

  /** How many steps a mask takes is not known before: the bar is the stopping rule's. */
  private static void show(Terminal terminal, JobProgress progress) {
    String left =
        progress.secondsLeft() == null
            ? "still learning"
            : "about %.0f s left if nothing moves any more".formatted(progress.secondsLeft());
    terminal.updateUntimed(
        progress.quietSteps(),
        progress.quietNeeded(),
        "step %d, %.0f a second, %s".formatted(progress.step(), progress.stepsPerSecond(), left));
  }

  private void report(Job job, String url) {
    Mask mask = masks.ofJobs(List.of(job.id())).get(0);
    Path file = artefacts.get(ArtefactType.NPZ, mask.files().archive());
    if (!url.equals(ONCE)) {
      String page = secret.shown("%s/jobs/%d".formatted(url, job.id()));
      out.printf("dashboard %s (stop with Ctrl-C)%n", page);
    }
    out.printf(
        "mask %s sparsity %.3f prediction %s steps %d seconds %.1f%n",
        file,
        mask.result().sparsity(),
        mask.result() instanceof Mask.ImageResult found && found.predictionKept()
            ? "kept"
            : "changed",
        mask.result().steps(),
        mask.result().seconds());
  }
}
