package io.fouriermasks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real S3 server. */
class BucketTest {

  private static final Instant LONG_AGO = Instant.parse("2020-01-02T03:04:05.678Z");

  private final ObjectServer server = new ObjectServer();
  private Bucket bucket;

  @TempDir Path folder;

  @BeforeEach
  void open() {
    ObjectServer.giveKeys();
    bucket = server.bucket();
  }

  @AfterEach
  void close() {
    bucket.close();
    server.close();
  }

  @Test
  void a_file_comes_back_as_it_was_put_and_as_old() throws IOException {
    byte[] content = new byte[3_000_000];
    new Random(1).nextBytes(content);
    bucket.put("models/a/b.safetensors", file("b", content));

    Path target = folder.resolve("another/machine/b");
    assertThat(bucket.fetch("models/a/b.safetensors", target)).isTrue();

    assertThat(target).hasBinaryContent(content);
    assertThat(Files.getLastModifiedTime(target).toInstant()).isEqualTo(LONG_AGO);
    assertThat(bucket.find("models/a/b.safetensors"))
        .hasValueSatisfying(
            entry -> {
              assertThat(entry.size()).isEqualTo(content.length);
              assertThat(entry.written()).isEqualTo(LONG_AGO);
              assertThat(entry.stored()).isAfter(LONG_AGO);
            });
  }

  @Test
  void what_is_not_there_is_not_found() {
    assertThat(bucket.fetch("artefacts/ab", folder.resolve("x"))).isFalse();
    assertThat(bucket.find("artefacts/ab")).isEmpty();
    assertThat(folder.resolve("x")).doesNotExist();
    bucket.delete("artefacts/ab");
  }

  @Test
  void names_are_listed_moved_and_deleted() throws IOException {
    Path file = file("f", new byte[] {1});
    for (String name : new String[] {"jobs/7/b", "jobs/7/a", "jobs/71/a", "models/a"}) {
      bucket.put(name, file);
    }
    assertThat(bucket.names("jobs/7/")).containsExactly("jobs/7/a", "jobs/7/b");
    bucket.move("jobs/7/a", "jobs/8/a");
    bucket.delete("jobs/7/b");
    assertThat(bucket.names("jobs/")).containsExactly("jobs/71/a", "jobs/8/a");
    Path target = folder.resolve("moved");
    assertThat(bucket.fetch("jobs/8/a", target)).isTrue();
    assertThat(Files.getLastModifiedTime(target).toInstant()).isEqualTo(LONG_AGO);
  }

  @Test
  void what_was_changed_in_the_storage_is_refused_and_nothing_is_written() throws IOException {
    bucket.put("artefacts/a", file("f", new byte[] {1, 2, 3}));
    var blobs = server.blobs();
    var blob = blobs.getBlob("lab", "of/the-lab/artefacts/a");
    blob.setPayload(new byte[] {1, 2, 4});
    blob.getMetadata().getContentMetadata().setContentLength(3L);
    blobs.putBlob("lab", blob);

    Path target = folder.resolve("new/a");
    assertThatThrownBy(() -> bucket.fetch("artefacts/a", target))
        .isInstanceOf(ObjectStorageException.class)
        .hasMessageContaining("not what was put");
    try (Stream<Path> left = Files.list(target.getParent())) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void a_storage_that_is_away_says_so_and_answers_when_it_is_back() throws IOException {
    Path file = file("f", new byte[] {1});
    server.stop();
    assertThatThrownBy(() -> bucket.put("a", file))
        .isInstanceOf(ObjectStorageException.class)
        .hasMessageContaining("does not answer");
    assertThatThrownBy(bucket::check).isInstanceOf(ObjectStorageException.class);
    server.startAgain();
    bucket.check();
    bucket.put("a", file);
    assertThat(bucket.names("")).containsExactly("a");
  }

  @Test
  void wrong_keys_and_wrong_buckets_are_refused() {
    try (Bucket other = server.bucket(Map.of("fourier-masks.objects.url", "s3://another"))) {
      assertThatThrownBy(other::check)
          .isInstanceOf(ObjectStorageException.class)
          .hasMessageContaining("refuses (404");
    }
    System.setProperty("aws.secretAccessKey", "a wrong one");
    try (Bucket wrong = server.bucket(Map.of())) {
      assertThatThrownBy(() -> wrong.names(""))
          .isInstanceOf(ObjectStorageException.class)
          .hasMessageContaining("refuses (403 SignatureDoesNotMatch)")
          .hasMessageNotContaining("a wrong one");
    } finally {
      ObjectServer.giveKeys();
    }
  }

  @Test
  void an_address_with_a_key_in_it_is_refused_and_not_repeated() {
    for (String url : new String[] {"s3://key:secret@lab", "https://lab.s3.aws/", "s3://", "lab"}) {
      assertThatThrownBy(() -> BucketAddress.of(url))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("AWS_SECRET_ACCESS_KEY")
          .hasMessageNotContaining("key:secret");
    }
    assertThat(BucketAddress.of("s3://lab")).isEqualTo(new BucketAddress("lab", ""));
    assertThat(BucketAddress.of("s3://lab/a/b/")).isEqualTo(new BucketAddress("lab", "a/b/"));
  }

  private Path file(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, content);
    Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
    return file;
  }
}
