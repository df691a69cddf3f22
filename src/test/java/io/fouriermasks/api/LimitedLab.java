package io.fouriermasks.api;

import java.util.HashMap;
import java.util.Map;

/** A locked lab that allows each user little. Nobody does its jobs, so that they wait. */
public class LimitedLab extends LockedLab {

  /** Jobs that one may have that have not ended. */
  public static final int JOBS = 2;

  /** Bytes that one may keep: the weights of one small network, and some photographs. */
  public static final long STORAGE = 2L << 20;

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
    settings.put("fourier-masks.role", "server");
    settings.put("fourier-masks.max-jobs-per-user", Integer.toString(JOBS));
    settings.put("fourier-masks.max-storage-per-user", Long.toString(STORAGE));
    return settings;
  }
}
