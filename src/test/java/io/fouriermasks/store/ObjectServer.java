package io.fouriermasks.store;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.TransientApiMetadata;

/** A real S3 server on this machine, with one bucket in memory. It checks signatures. */
public final class ObjectServer implements AutoCloseable {

  private static final String BUCKET = "lab";
  private static final String KEY = "the-key";
  private static final String SECRET = "the-secret";

  private final BlobStoreContext store;
  private final URI endpoint;
  private S3Proxy server;

  public ObjectServer() {
    // by its class: by name all kinds of stores would be loaded
    store = ContextBuilder.newBuilder(new TransientApiMetadata()).buildView(BlobStoreContext.class);
    store.getBlobStore().createContainerInLocation(null, BUCKET);
    server = start(URI.create("http://127.0.0.1:0"));
    endpoint = URI.create("http://127.0.0.1:" + server.getPort());
  }

  private S3Proxy start(URI at) {
    try {
      S3Proxy started =
          S3Proxy.builder()
              .blobStore(store.getBlobStore())
              .endpoint(at)
              .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, KEY, SECRET)
              .build();
      started.start();
      return started;
    } catch (Exception e) {
      throw new IllegalStateException("the S3 server does not start", e);
    }
  }

  /** The settings of a lab that uses it, but for the keys. */
  public Map<String, String> settings() {
    return Map.of(
        "fourier-masks.objects.url",
        "s3://" + BUCKET + "/of/the-lab",
        "fourier-masks.objects.endpoint",
        endpoint.toString());
  }

  /** The same for a process of its own, with the keys. */
  public Map<String, String> environment() {
    return Map.of(
        "FOURIER_MASKS_OBJECTS_URL",
        "s3://" + BUCKET + "/of/the-lab",
        "FOURIER_MASKS_OBJECTS_ENDPOINT",
        endpoint.toString(),
        "AWS_ACCESS_KEY_ID",
        KEY,
        "AWS_SECRET_ACCESS_KEY",
        SECRET);
  }

  /** Puts the keys where the library looks for them in a process that is running. */
  public static void giveKeys() {
    System.setProperty("aws.accessKeyId", KEY);
    System.setProperty("aws.secretAccessKey", SECRET);
  }

  /**
   * The bucket as a process has it that was started with {@link #settings} and {@link #giveKeys}.
   */
  public Bucket bucket() {
    return bucket(Map.of());
  }

  /** The same with other settings. */
  Bucket bucket(Map<String, String> others) {
    return Bucket.of(config(others).objects()).orElseThrow();
  }

  /** The settings of a lab that uses it, and others. */
  public LabConfig config(Map<String, String> others) {
    Map<String, String> all = new HashMap<>(settings());
    all.putAll(others);
    SmallRyeConfigBuilder builder =
        new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(LabConfig.class);
    all.forEach(builder::withDefaultValue);
    return builder.build().getConfigMapping(LabConfig.class);
  }

  /** What it keeps, from inside. */
  BlobStore blobs() {
    return store.getBlobStore();
  }

  /** Nobody listens any more; what is kept stays. */
  public void stop() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the S3 server does not stop", e);
    }
  }

  /** Listens again at the same address. */
  public void startAgain() {
    server = start(endpoint);
  }

  @Override
  public void close() {
    stop();
    store.close();
  }
}
