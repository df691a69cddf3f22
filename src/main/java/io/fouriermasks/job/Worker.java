package io.fouriermasks.job;

import io.fouriermasks.store.LabConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** This process among those that share the lab. */
@Singleton
public class Worker {

  private final String host;
  private final String name;
  private final boolean isWorking;

  @Inject
  Worker(LabConfig config) {
    this(hostName(), ProcessHandle.current().pid(), config.role() != LabConfig.Role.SERVER);
  }

  Worker(String host, long pid, boolean isWorking) {
    this.host = host;
    this.name = host + ":" + pid;
    this.isWorking = isWorking;
  }

  /** Unlike that of any other process that lives: {@code HOST:PID}. */
  public String name() {
    return name;
  }

  /** The machine's or container's. */
  public String host() {
    return host;
  }

  /** Whether jobs are done here. */
  public boolean isWorking() {
    return isWorking;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost"; // a machine that does not know its own name
    }
  }
}
