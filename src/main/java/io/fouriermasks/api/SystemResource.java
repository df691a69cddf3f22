package io.fouriermasks.api;

import ai.djl.engine.Engine;
import io.fouriermasks.job.EngineLoader;
import io.fouriermasks.job.MaskIntake;
import io.fouriermasks.network.Devices;
import io.fouriermasks.store.DatabaseProduct;
import io.fouriermasks.store.JobState;
import io.fouriermasks.store.Jobs;
import io.fouriermasks.store.LabConfig;
import io.fouriermasks.store.WorkerState;
import io.fouriermasks.store.Workers;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The program itself. */
@Path("/api/system")
@Tag(name = "System")
@Produces(MediaType.APPLICATION_JSON)
public class SystemResource {

  private final EngineLoader engine;
  private final MaskIntake masks;
  private final Jobs jobs;
  private final Workers workers;
  private final Machine machine;
  private final LabConfig config;
  private final Clock clock;
  private final Versions versions;

  SystemResource(
      EngineLoader engine,
      MaskIntake masks,
      Jobs jobs,
      Workers workers,
      Machine machine,
      LabConfig config,
      Clock clock,
      DatabaseProduct database,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.engine = engine;
    this.masks = masks;
    this.jobs = jobs;
    this.workers = workers;
    this.machine = machine;
    this.config = config;
    this.clock = clock;
    this.versions =
        new Versions(
            version,
            Runtime.version().toString(),
            io.quarkus.runtime.Application.class.getPackage().getImplementationVersion(),
            Engine.getDjlVersion(),
            database.nameAndVersion());
  }

  /** What the program is and does. */
  @Schema(name = "System")
  public record SystemView(
      String version,
      EngineLoader.Status engine,
      @Schema(description = "Whether the masks in the folders have been taken in.")
          MaskIntake.State folders,
      QueueView queue,
      @Schema(description = "The processes that share the lab; empty if this one is alone.")
          List<WorkerView> workers,
      Machine.Processor processor,
      @Schema(description = "The CUDA devices; empty while the engine loads.")
          List<Devices.Cuda> devices,
      Machine.Memory memory,
      Machine.Disk disk,
      Paths paths,
      Versions versions,
      Instant startedAt,
      @Schema(description = "Since the program started.") long uptimeSeconds,
      @Schema(description = "Version of Java.") String java) {}

  /** Jobs that have not ended. */
  @Schema(name = "Queue")
  public record QueueView(long queued, long running) {}

  /** A process that shares the lab. */
  @Schema(name = "Worker", description = "A process that shares the lab.")
  public record WorkerView(
      String name,
      @Schema(description = "Null while its engine is being loaded.") String device,
      String version,
      @Schema(description = "Whether it does jobs.") boolean isWorking,
      Instant startedAt,
      @Schema(description = "Its last sign of life.") Instant seenAt,
      @Schema(description = "Id of the job that it works on, or null.") String job,
      @Schema(description = "The process that has its GPU, for whose end it waits; or null.")
          String waitsFor) {

    private static WorkerView of(WorkerState state, List<WorkerState> alive) {
      return new WorkerView(
          state.name(),
          state.device(),
          state.version(),
          state.isWorking(),
          state.startedAt(),
          state.seenAt(),
          state.job() == null ? null : Long.toString(state.job()),
          state.holderOfDevice(alive).map(WorkerState::name).orElse(null));
    }
  }

  /** Folders on the server. */
  @Schema(name = "Paths", description = "Folders on the server; samples is null without any.")
  public record Paths(String data, String samples) {}

  /** Of the parts that results depend on. */
  @Schema(name = "Versions", description = "Of the parts; that of libtorch is in `engine`.")
  public record Versions(
      String program, String java, String quarkus, String djl, String database) {}

  @GET
  @Operation(summary = "Engine, devices, queue, memory, disk, folders and versions.")
  public SystemView get() {
    Map<JobState, Long> counts = jobs.counts();
    List<WorkerState> alive = workers.alive();
    EngineLoader.Status status = engine.status();
    java.nio.file.Path data = config.dataDir().toAbsolutePath().normalize();
    Instant started = Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
    return new SystemView(
        versions.program(),
        status,
        masks.state(),
        new QueueView(
            counts.getOrDefault(JobState.QUEUED, 0L), counts.getOrDefault(JobState.RUNNING, 0L)),
        alive.stream().map(state -> WorkerView.of(state, alive)).toList(),
        machine.processor(),
        status.state() == EngineLoader.State.READY ? Devices.cuda() : List.of(),
        machine.memory(),
        machine.disk(data),
        new Paths(
            data.toString(),
            config
                .samplesDir()
                .map(folder -> folder.toAbsolutePath().normalize().toString())
                .orElse(null)),
        versions,
        started,
        Duration.between(started, clock.instant()).toSeconds(),
        versions.java());
  }
}
