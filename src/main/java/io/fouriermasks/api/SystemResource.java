package io.fouriermasks.api;

import io.fouriermasks.job.EngineLoader;
import io.fouriermasks.job.MaskIntake;
import io.fouriermasks.store.JobState;
import io.fouriermasks.store.Jobs;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.nio.file.Files;
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

  private static final java.nio.file.Path STATUS = java.nio.file.Path.of("/proc/self/status");

  private final EngineLoader engine;
  private final MaskIntake masks;
  private final Jobs jobs;
  private final String version;

  SystemResource(
      EngineLoader engine,
      MaskIntake masks,
      Jobs jobs,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.engine = engine;
    this.masks = masks;
    this.jobs = jobs;
    this.version = version;
  }

  /** What the program is and does. */
  @Schema(name = "System")
  public record SystemView(
      String version,
      EngineLoader.Status engine,
      @Schema(description = "Whether the masks in the folders have been taken in.")
          MaskIntake.State folders,
      QueueView queue,
      MemoryView memory,
      @Schema(description = "Version of Java.") String java) {}

  /** Jobs that have not ended. */
  @Schema(name = "Queue")
  public record QueueView(long queued, long running) {}

  /** Bytes; {@code resident} is null where the operating system does not tell. */
  @Schema(name = "Memory", description = "Bytes.")
  public record MemoryView(long heapUsed, long heapMax, Long resident) {}

  @GET
  @Operation(summary = "Version, engine, queue and memory.")
  public SystemView get() {
    Map<JobState, Long> counts = jobs.counts();
    Runtime runtime = Runtime.getRuntime();
    return new SystemView(
        version,
        engine.status(),
        masks.state(),
        new QueueView(
            counts.getOrDefault(JobState.QUEUED, 0L), counts.getOrDefault(JobState.RUNNING, 0L)),
        new MemoryView(
            runtime.totalMemory() - runtime.freeMemory(), runtime.maxMemory(), resident()),
        Runtime.version().toString());
  }

  private static Long resident() {
    if (!Files.isReadable(STATUS)) {
      return null;
    }
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(null);
    } catch (IOException e) {
      return null;
    }
  }
}
