package io.fouriermasks.job;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fouriermasks.network.Devices;
import io.fouriermasks.store.LabConfig;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Loads libtorch beside everything else, so that the server answers from its first second. */
@Singleton
public class EngineLoader {

  private static final Logger LOG = Logger.getLogger(EngineLoader.class);

  private final LabConfig config;
  private final CompletableFuture<Device> device = new CompletableFuture<>();
  private final AtomicBoolean started = new AtomicBoolean();
  private volatile Status status = Status.without(State.LOADING, "The engine is being loaded.");

  EngineLoader(LabConfig config) {
    this.config = config;
  }

  /** How far the engine is. */
  public enum State {
    /** It will be there in a moment. */
    @JsonProperty("loading")
    LOADING,
    /** It can compute. */
    @JsonProperty("ready")
    READY,
    /** It could not be loaded, and will not be until the program is started again. */
    @JsonProperty("failed")
    FAILED
  }

  /**
   * What is known of the engine.
   *
   * @param state how far it is
   * @param detail a sentence for the user
   * @param name of the engine, once it is ready
   * @param version of the engine, once it is ready
   * @param device {@code cpu} or {@code cuda:N}, once it is ready
   * @param threads that share an operation on the CPU, once it is ready
   */
  public record Status(
      State state, String detail, String name, String version, String device, Integer threads) {

    static Status without(State state, String detail) {
      return new Status(state, detail, null, null, null, null);
    }
  }

  /** What is known of the engine now. */
  public Status status() {
    return status;
  }

  /** Begins to load it; does nothing the second time. */
  public void start() {
    if (started.getAndSet(true)) {
      return;
    }
    Thread loader = new Thread(this::load, "engine-loader");
    loader.setDaemon(true);
    loader.start();
  }

  /** Waits for the engine and gives the device to compute on. */
  Device await() {
    try {
      return device.join();
    } catch (CompletionException e) {
      throw failed();
    }
  }

  /**
   * The device to compute on.
   *
   * @throws EngineUnavailableException if the engine is not there (yet)
   */
  Device require() {
    if (device.isCompletedExceptionally()) {
      throw failed();
    }
    Device ready = device.getNow(null);
    if (ready == null) {
      throw new EngineUnavailableException(status.detail(), true);
    }
    return ready;
  }

  private EngineUnavailableException failed() {
    return new EngineUnavailableException(status.detail(), false);
  }

  private void load() {
    try {
      LOG.infof("loading %s", Devices.engineVersion());
      Engine engine = Engine.getInstance();
      Device chosen = Devices.parse(config.device());
      try (NDManager manager = NDManager.newBaseManager(chosen)) {
        manager.create(1f).add(1f).toFloatArray(); // the first operation initialises the device
      }
      status =
          new Status(
              State.READY,
              "The engine is ready.",
              engine.getEngineName(),
              engine.getVersion(),
              Devices.name(chosen),
              Devices.threads());
      device.complete(chosen);
    } catch (Throwable e) { // a missing native library is an Error
      LOG.error("the engine could not be loaded", e);
      String reason =
          e instanceof IllegalArgumentException
              ? e.getMessage()
              : "The server's log has the details.";
      status = Status.without(State.FAILED, "The engine could not be loaded. " + reason);
      device.completeExceptionally(e);
    }
  }
}
