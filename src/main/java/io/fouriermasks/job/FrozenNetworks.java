package io.fouriermasks.job;

import ai.djl.Device;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.InvalidWeightsException;
import io.fouriermasks.network.Weights;
import io.fouriermasks.store.Model;
import io.fouriermasks.store.WeightFiles;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Networks on the device, kept for the next use. When there is too much of them, those that have
 * not been used for longest, and are not in use, are freed.
 */
@Singleton
class FrozenNetworks {

  /** 1.2 GB of float32: two VGG11 and all the small ones. */
  private static final long MOST_PARAMETERS = 300_000_000;

  private final EngineLoader engine;
  private final WeightFiles files;
  private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  FrozenNetworks(EngineLoader engine, WeightFiles files) {
    this.engine = engine;
    this.files = files;
  }

  private static final class Entry {
    private final long parameters;
    private FrozenNetwork network;
    private int users;

    Entry(long parameters) {
      this.parameters = parameters;
    }
  }

  /**
   * Gives {@code work} the network, loading it if need be. It must not keep it.
   *
   * @throws JobFailedException if its file is gone or no longer what it was
   * @throws EngineUnavailableException if nothing can be computed
   */
  <T> T use(Model model, Function<FrozenNetwork, T> work) {
    Device device = engine.require();
    String key = model.id() + "@" + model.fingerprint();
    Entry entry;
    synchronized (this) {
      entry = entries.computeIfAbsent(key, id -> new Entry(model.parameters()));
      entry.users++;
    }
    try {
      return work.apply(loaded(entry, model, device));
    } finally {
      release(entry);
    }
  }

  private FrozenNetwork loaded(Entry entry, Model model, Device device) {
    synchronized (entry) {
      if (entry.network == null) {
        files.bring(model);
        try {
          entry.network = FrozenNetwork.of(Weights.read(model.file()), device);
        } catch (InvalidWeightsException e) {
          throw new JobFailedException(e.getMessage(), e);
        } catch (IOException e) {
          throw new JobFailedException(
              "The weights of the model %s can no longer be read.".formatted(model.id()), e);
        }
      }
      return entry.network;
    }
  }

  private synchronized void release(Entry released) {
    released.users--;
    long parameters = entries.values().stream().mapToLong(entry -> entry.parameters).sum();
    Iterator<Entry> oldestFirst = entries.values().iterator();
    while (parameters > MOST_PARAMETERS && oldestFirst.hasNext()) {
      Entry entry = oldestFirst.next();
      if (entry.users == 0) {
        oldestFirst.remove();
        parameters -= entry.parameters;
        close(entry);
      }
    }
  }

  @PreDestroy
  synchronized void closeAll() {
    entries.values().stream().filter(entry -> entry.users == 0).forEach(FrozenNetworks::close);
    entries.clear();
  }

  private static void close(Entry entry) {
    synchronized (entry) {
      if (entry.network != null) {
        entry.network.close();
        entry.network = null;
      }
    }
  }
}
