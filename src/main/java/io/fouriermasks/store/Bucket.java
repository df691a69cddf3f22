package io.fouriermasks.store;

import io.fouriermasks.network.DurableFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The objects of a lab in an S3-compatible storage. Their names are those of files below the data
 * folder, with slashes. Each carries the SHA-256 of its content, which is checked when it comes
 * back, and the time at which its file was written. Blocks; what does not answer is tried again
 * some times.
 */
public final class Bucket implements AutoCloseable {

  private static final String SHA_256 = "sha256";
  private static final String WRITTEN = "written";

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final int TRIES = 6;

  private final S3Client client;
  private final BucketAddress address;

  private Bucket(S3Client client, BucketAddress address) {
    this.client = client;
    this.address = address;
  }

  /**
   * The bucket that is configured; nothing is asked of it yet.
   *
   * @throws IllegalArgumentException if the settings are wrong
   */
  public static Optional<Bucket> of(LabConfig.Objects objects) {
    return objects.url().map(url -> new Bucket(client(objects), BucketAddress.of(url)));
  }

  private static S3Client client(LabConfig.Objects objects) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(region(objects))
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(SILENCE))
            .overrideConfiguration(
                override ->
                    override.retryStrategy(
                        AwsRetryStrategy.standardRetryStrategy().toBuilder()
                            .maxAttempts(TRIES)
                            .build()))
            // what only AWS's own storage is sure to know is left out: we have our SHA-256
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(service -> service.chunkedEncodingEnabled(false));
    objects
        .endpoint()
        .ifPresent(endpoint -> builder.endpointOverride(endpoint).forcePathStyle(true));
    return builder.build();
  }

  private static Region region(LabConfig.Objects objects) {
    return objects
        .region()
        .map(Region::of)
        .orElseGet(
            () -> {
              try {
                return new DefaultAwsRegionProviderChain().getRegion();
              } catch (SdkException e) {
                return Region.US_EAST_1; // other servers do not mind
              }
            });
  }

  /**
   * An object.
   *
   * @param stored when it was put here
   * @param written when the file was written that it is a copy of
   */
  public record Entry(String name, long size, Instant stored, Instant written) {}

  /** Keeps a file. When this returns it is durable; one of that name is replaced. */
  public void put(String name, Path file) {
    String sha256 = sha256(file);
    String written = Long.toString(modified(file).toEpochMilli());
    ask(
        () ->
            client.putObject(
                put ->
                    put.bucket(address.bucket())
                        .key(key(name))
                        .metadata(Map.of(SHA_256, sha256, WRITTEN, written)),
                RequestBody.fromFile(file)));
  }

  /**
   * Copies an object into a file, which is then complete and as old as the one that was put, or as
   * it was.
   *
   * @return whether there is such an object
   * @throws ObjectStorageException also if it is not what was put
   */
  public boolean fetch(String name, Path target) {
    return fetch(name, target, null);
  }

  /**
   * The same.
   *
   * @param sha256 what its content must have, or null: what it had when it was put
   */
  public boolean fetch(String name, Path target, String sha256) {
    return ask(
        () -> {
          try (ResponseInputStream<GetObjectResponse> content =
              client.getObject(get -> get.bucket(address.bucket()).key(key(name)))) {
            Map<String, String> metadata = content.response().metadata();
            DurableFile.write(
                target,
                out -> {
                  DigestInputStream measured = new DigestInputStream(content, digest());
                  measured.transferTo(out);
                  String expected = sha256 == null ? metadata.get(SHA_256) : sha256;
                  if (!hex(measured.getMessageDigest()).equals(expected)) {
                    throw new IOException("its content is not what was put");
                  }
                });
            Files.setLastModifiedTime(
                target, FileTime.from(written(metadata, content.response().lastModified())));
            return true;
          } catch (NoSuchKeyException e) {
            return false;
          } catch (IOException e) {
            if (DiskFullException.isCauseOf(e)) {
              throw new UncheckedIOException(e);
            }
            throw new ObjectStorageException(
                "The object %s%s cannot be read: %s.".formatted(address, name, e.getMessage()), e);
          }
        });
  }

  /** What is known of an object, if it is there. */
  public Optional<Entry> find(String name) {
    return ask(
        () -> {
          try {
            HeadObjectResponse head =
                client.headObject(ask -> ask.bucket(address.bucket()).key(key(name)));
            return Optional.of(
                new Entry(
                    name,
                    head.contentLength(),
                    head.lastModified(),
                    written(head.metadata(), head.lastModified())));
          } catch (NoSuchKeyException e) {
            return Optional.empty();
          }
        });
  }

  /** The names of all objects that begin with {@code start}, in their order. */
  public List<String> names(String start) {
    return List.copyOf(sizes(start).keySet());
  }

  /** The sizes in bytes of all objects whose names begin with {@code start}, by these. */
  public SortedMap<String, Long> sizes(String start) {
    return ask(
        () -> {
          SortedMap<String, Long> sizes = new TreeMap<>();
          client
              .listObjectsV2Paginator(list -> list.bucket(address.bucket()).prefix(key(start)))
              .contents()
              .forEach(
                  object ->
                      sizes.put(object.key().substring(address.prefix().length()), object.size()));
          return sizes;
        });
  }

  /** Gives an object another name; one that has it is replaced. */
  public void move(String from, String to) {
    ask(
        () ->
            client.copyObject(
                copy ->
                    copy.sourceBucket(address.bucket())
                        .sourceKey(key(from))
                        .destinationBucket(address.bucket())
                        .destinationKey(key(to))));
    delete(from);
  }

  /** Removes an object, if it is there. */
  public void delete(String name) {
    ask(() -> client.deleteObject(delete -> delete.bucket(address.bucket()).key(key(name))));
  }

  /**
   * Asks whether the bucket is there.
   *
   * @throws ObjectStorageException if it is not, or does not answer
   */
  public void check() {
    ask(() -> client.headBucket(head -> head.bucket(address.bucket())));
  }

  /** {@code s3://BUCKET/PREFIX}. */
  @Override
  public String toString() {
    return address.toString();
  }

  @Override
  public void close() {
    client.close();
  }

  private String key(String name) {
    return address.prefix() + name;
  }

  private <T> T ask(Supplier<T> request) {
    try {
      return request.get();
    } catch (S3Exception e) {
      throw new ObjectStorageException(
          "The object storage %s refuses (%d%s); look at its bucket, the keys and what they allow."
              .formatted(
                  address,
                  e.statusCode(),
                  e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null
                      ? ""
                      : " " + e.awsErrorDetails().errorCode()),
          e);
    } catch (SdkException e) {
      throw new ObjectStorageException(
          "The object storage %s does not answer; look whether it runs and can be reached, and that"
                  .formatted(address)
              + " its keys are there.",
          e);
    }
  }

  private static Instant written(Map<String, String> metadata, Instant otherwise) {
    String millis = metadata.get(WRITTEN);
    return millis == null ? otherwise : Instant.ofEpochMilli(Long.parseLong(millis));
  }

  private static Instant modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(Path file) {
    try (InputStream in = Files.newInputStream(file);
        DigestInputStream measured = new DigestInputStream(in, digest())) {
      measured.transferTo(OutputStream.nullOutputStream());
      return hex(measured.getMessageDigest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}
