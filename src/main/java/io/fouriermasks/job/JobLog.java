package io.fouriermasks.job;

import io.fouriermasks.store.EndReason;
import io.fouriermasks.store.HeatMap;
import io.fouriermasks.store.HeatMaps;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobEvent;
import io.fouriermasks.store.JobEvents;
import io.fouriermasks.store.JobState;
import io.fouriermasks.store.Jobs;
import io.fouriermasks.store.Mask;
import io.fouriermasks.store.Masks;
import jakarta.inject.Singleton;
import java.util.List;

/** Every change of a job goes through here: it is committed, and then its followers are told. */
@Singleton
class JobLog {

  private final Jobs jobs;
  private final JobEvents events;
  private final Masks masks;
  private final HeatMaps heatMaps;
  private final JobFeed feed;

  JobLog(Jobs jobs, JobEvents events, Masks masks, HeatMaps heatMaps, JobFeed feed) {
    this.jobs = jobs;
    this.events = events;
    this.masks = masks;
    this.heatMaps = heatMaps;
    this.feed = feed;
  }

  Job change(long job, JobState next, EndReason reason, String error) {
    Job changed = jobs.change(job, next, reason, error);
    feed.changed(job);
    return changed;
  }

  Job decide(long job, Jobs.Decision decision) {
    Job decided = jobs.decide(job, decision);
    feed.changed(job);
    return decided;
  }

  void append(long job, List<JobEvent.Draft> drafts) {
    if (!drafts.isEmpty()) {
      events.append(job, drafts);
      feed.changed(job);
    }
  }

  Mask publish(long job, Masks.Made made) {
    Mask mask = masks.publish(job, made);
    feed.changed(job);
    return mask;
  }

  HeatMap publish(long job, HeatMap.Made made) {
    HeatMap heatMap = heatMaps.publish(job, made);
    feed.changed(job);
    return heatMap;
  }
}
