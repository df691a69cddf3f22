package io.fouriermasks.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fouriermasks.job.JobFeed;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobEvent;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.JobState;
import io.fouriermasks.store.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventSourceTest {

  private static final String IMAGE = "0123456789abcdef";

  private final TestDatabase database = new TestDatabase();
  private final JobFeed feed = new JobFeed();
  private final JobViews views =
      new JobViews(
          database.models,
          database.images,
          database.masks,
          database.heatMaps,
          database.dependencies,
          feed,
          database.json);
  private final EventSource.Parts parts =
      new EventSource.Parts(
          database.jobs,
          database.events,
          new SharedEvents(database.events, feed),
          feed,
          views,
          database.json);
  private Job job;

  @BeforeEach
  void submit() {
    database.image(IMAGE);
    database.models.replaceAll(List.of(TestDatabase.model("m")));
    job = database.jobs.insert(JobSpecification.imageMasks("m", List.of(IMAGE)));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_new_reader_gets_a_snapshot_and_then_what_follows() throws Exception {
    database.append(job.id(), points(1, 3));
    EventSource source = new EventSource(List.of(job), null, true, parts);

    EventMessage snapshot = source.next().get(0);
    assertThat(snapshot.name()).isEqualTo("snapshot");
    assertThat(snapshot.id()).isEqualTo(job.id() + ":4");
    JsonNode first = json(snapshot).at("/jobs/0");
    assertThat(first.at("/job/state").asText()).isEqualTo("QUEUED");
    assertThat(first.at("/job/images/0/id").asText()).isEqualTo(IMAGE);
    assertThat(first.at("/points")).hasSize(3);
    assertThat(first.at("/points/0/image").asText()).isEqualTo(IMAGE);
    assertThat(source.next()).isEmpty();

    database.begin(job.id());
    database.append(job.id(), points(4, 5));
    database.end(job.id(), JobState.SUCCEEDED);
    news(source);
    List<EventMessage> news = source.next();
    assertThat(news)
        .extracting(EventMessage::name)
        .containsExactly("state", "point", "point", "state");
    assertThat(json(news.get(0)).get("state").asText()).isEqualTo("RUNNING");
    assertThat(json(news.get(0)).get("finishedAt").isNull()).isTrue();
    assertThat(json(news.get(3)).get("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(news.get(3).id()).isEqualTo(job.id() + ":8");
  }

  @Test
  void a_reader_goes_on_in_each_of_its_jobs() {
    Job other = database.jobs.insert(job.specification());
    database.append(job.id(), points(1, 2));
    database.append(other.id(), points(1, 1));
    EventCursor cursor = EventCursor.parse(job.id() + ":2," + other.id() + ":1").orElseThrow();
    assertThat(new EventSource(List.of(job, other), cursor, true, parts).next())
        .extracting(EventMessage::id)
        .containsExactly(
            job.id() + ":3," + other.id() + ":1", job.id() + ":3," + other.id() + ":2");
  }

  @Test
  void a_reader_that_is_far_behind_gets_a_new_snapshot() {
    EventSource source = new EventSource(List.of(job), null, true, parts);
    source.next();
    database.append(job.id(), points(1, 5001));
    news(source);
    assertThat(source.next())
        .extracting(EventMessage::name, EventMessage::id)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("snapshot", job.id() + ":5002"));
    assertThat(source.next()).isEmpty();
  }

  @Test
  void a_reader_that_is_behind_gets_everything_in_parts() {
    EventSource source = new EventSource(List.of(job), null, true, parts);
    source.next();
    database.append(job.id(), points(1, 1234));
    news(source);
    List<EventMessage> all = new ArrayList<>();
    List<EventMessage> part = source.next();
    while (!part.isEmpty()) {
      assertThat(part.size()).isLessThanOrEqualTo(500);
      all.addAll(part);
      part = source.next();
    }
    assertThat(all)
        .extracting(EventMessage::id)
        .isEqualTo(IntStream.rangeClosed(2, 1235).mapToObj(seq -> job.id() + ":" + seq).toList());
  }

  @Test
  void a_cursor_that_does_not_fit_begins_anew() {
    for (String text : List.of("999:1", job.id() + ":77")) {
      EventCursor cursor = EventCursor.parse(text).orElseThrow();
      assertThat(new EventSource(List.of(job), cursor, true, parts).next())
          .extracting(EventMessage::name)
          .containsExactly("snapshot");
    }
  }

  @Test
  void a_very_long_history_is_thinned_in_a_snapshot_and_goes_on_exactly() throws Exception {
    database.append(job.id(), points(1, 25_000));
    EventSource source = new EventSource(List.of(job), null, true, parts);
    JsonNode snapshot = json(source.next().get(0)).at("/jobs/0");
    assertThat(snapshot.get("thinned").asBoolean()).isTrue();
    assertThat(snapshot.get("points").size()).isBetween(250, 4100);
    assertThat(
            StreamSupport.stream(snapshot.get("points").spliterator(), false)
                .map(point -> point.get("step").asInt()))
        .isSorted()
        .startsWith(1)
        .endsWith(25_000);
    database.append(job.id(), points(25_001, 25_003));
    news(source);
    assertThat(source.next()).extracting(EventMessage::name).containsOnly("point").hasSize(3);
  }

  @Test
  void a_reader_without_curves_gets_states_even_behind_many_points() throws Exception {
    EventSource source = new EventSource(List.of(job), null, false, parts);
    database.append(job.id(), points(1, 10));
    JsonNode snapshot = json(source.next().get(0)).at("/jobs/0");
    assertThat(snapshot.get("points")).isEmpty();
    assertThat(snapshot.get("previews")).isEmpty();
    assertThat(source.next()).isEmpty();
    database.begin(job.id());
    database.append(job.id(), points(11, 1600));
    database.end(job.id(), JobState.SUCCEEDED);
    news(source);
    List<EventMessage> all = new ArrayList<>();
    for (List<EventMessage> part = source.next(); !part.isEmpty(); part = source.next()) {
      all.addAll(part);
    }
    assertThat(all).extracting(EventMessage::name).containsExactly("state", "state");
    assertThat(all.get(1).id()).isEqualTo(job.id() + ":" + database.events.lastSeq(job.id()));
  }

  private void news(EventSource source) {
    feed.changed(job.id());
    source.changed(job.id());
  }

  private JsonNode json(EventMessage message) throws JsonProcessingException {
    return database.json.readTree(message.data());
  }

  private static List<JobEvent.Draft> points(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(step -> new JobEvent.Draft(JobEvent.Kind.POINT, 0, step, "{\"sparsity\":0.5}"))
        .toList();
  }
}
