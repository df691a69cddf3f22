package io.fouriermasks.api;

import io.fouriermasks.store.ObjectServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** A bucket for the lab, on a real S3 server of its own that the test can stop. */
public class BucketOfLab implements QuarkusTestResourceLifecycleManager {

  /** A program of its own that has it: resources of a test's annotations are those of all tests. */
  public static class Profile implements QuarkusTestProfile {
    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(BucketOfLab.class));
    }
  }

  private ObjectServer server;

  @Override
  public Map<String, String> start() {
    ObjectServer.giveKeys();
    server = new ObjectServer();
    return server.settings();
  }

  @Override
  public void inject(TestInjector test) {
    test.injectIntoFields(server, new TestInjector.MatchesType(ObjectServer.class));
  }

  @Override
  public void stop() {
    server.close();
  }
}
