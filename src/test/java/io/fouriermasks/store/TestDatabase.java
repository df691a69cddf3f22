package io.fouriermasks.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.fouriermasks.store.JobStates.Change;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** A migrated, empty database with its repositories, and a clock that is moved by hand. */
public final class TestDatabase implements AutoCloseable {

  // kept here: a level is lost with its logger
  private static final Logger MIGRATIONS = Logger.getLogger("org.flywaydb");

  public static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  public final Jdbi jdbi;
  public final TestClock clock = new TestClock();
  public final ObjectMapper json =
      new ObjectMapper()
          .registerModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
  public final Images images;
  public final Models models;
  public final Predictions predictions;
  public final Jobs jobs;
  public final JobStates states;
  public final JobEvents events;
  public final Masks masks;
  public final HeatMaps heatMaps;
  public final Dependencies dependencies;
  public final Studies studies;
  private final Handle keepsItOpen;

  /** The databases that the lab runs on. */
  public enum Product {
    H2 {
      @Override
      public String newDatabase() {
        return "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
      }

      @Override
      public String user() {
        return "sa";
      }
    },
    POSTGRESQL {
      @Override
      public String newDatabase() {
        return TestPostgres.newDatabase();
      }

      @Override
      public String user() {
        return "postgres";
      }
    };

    /** The address of a new one without tables. */
    public abstract String newDatabase();

    /** Who may do everything there, without a password. */
    public abstract String user();

    /** A fresh one. */
    public TestDatabase open() {
      return open(newDatabase());
    }

    /** The one at an address. */
    public TestDatabase open(String url) {
      return new TestDatabase(url, user());
    }
  }

  /** In memory, of H2. */
  public TestDatabase() {
    this("jdbc:h2:mem:" + UUID.randomUUID());
  }

  /** Of H2. */
  public TestDatabase(String url) {
    this(url, "sa");
  }

  private TestDatabase(String url, String user) {
    jdbi = Jdbi.create(url, user, "");
    keepsItOpen = jdbi.open();
    MIGRATIONS.setLevel(Level.SEVERE);
    Flyway.configure().dataSource(url, user, "").load().migrate();
    images = new Images(jdbi, clock);
    models = new Models(jdbi, json, UnaryOperator.identity());
    predictions = new Predictions(jdbi, json);
    jobs = new Jobs(jdbi, clock, json);
    states = new JobStates(jdbi, clock, json);
    events = new JobEvents(jdbi, clock);
    masks = new Masks(jdbi, clock);
    heatMaps = new HeatMaps(jdbi, clock);
    dependencies = new Dependencies(jdbi, json);
    studies = new Studies(jdbi, clock, jobs, json);
  }

  /** Stores a picture of which only the id matters. */
  public Image image(String id) {
    return images.store(
        new Image(id, id + ".jpg", 500, 375, "a".repeat(64), "b".repeat(64), clock.instant(), null),
        Actor.LAB);
  }

  /** A network of which only the id matters. */
  public static Model model(String id) {
    return model(id, "n");
  }

  /** A network of which only the id and the augmentation matter. */
  public static Model model(String id, String augmentation) {
    return new Model(
        id,
        id,
        "surfaces",
        "compact",
        augmentation,
        List.of("brick", "grass"),
        0.9,
        308_149,
        0.449f,
        0.226f,
        128,
        Path.of("/models/" + id + ".safetensors"),
        "1");
  }

  /** Begins the work on a queued job, as a worker does. */
  public Job begin(long job) {
    states.enter(job, "entry");
    return states.begin(job, "entry", "worker", times -> Change.to(JobState.QUEUED)).orElseThrow();
  }

  /** Ends the work on a job. */
  public Job end(long job, JobState state) {
    return states.end(jobs.get(job).lease(), Change.to(state));
  }

  /** Appends events as its present worker does. */
  public void append(long job, List<JobEvent.Draft> drafts) {
    events.append(jobs.get(job).lease(), drafts);
  }

  @Override
  public void close() {
    keepsItOpen.close();
  }

  /** Stands still until it is moved. */
  public static final class TestClock extends Clock {

    private Instant now = START;

    public void advance(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
