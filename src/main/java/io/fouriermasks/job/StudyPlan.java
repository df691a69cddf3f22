package io.fouriermasks.job;

import io.fouriermasks.store.HeatMaps;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.JobSpecification.Kind;
import io.fouriermasks.store.JobState;
import io.fouriermasks.store.Jobs;
import io.fouriermasks.store.Masks;
import io.fouriermasks.store.Model;
import io.fouriermasks.store.Models;
import io.fouriermasks.store.Studies;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a request for a study comes to: new jobs, and those that need not be done again. */
final class StudyPlan {

  private final Planner lab;
  private final StudyRequest request;
  private final Set<String> available;
  private final List<Studies.Entry> entries = new ArrayList<>();
  private final Set<JobSpecification> specifications = new HashSet<>();

  /** Names of the classes of the networks that the study makes, by their ids. */
  private final Map<String, List<String>> made = new HashMap<>();

  private StudyPlan(Planner lab, StudyRequest request) {
    this.lab = lab;
    this.request = request;
    this.available =
        lab.models.available().stream().map(Model::id).collect(Collectors.toUnmodifiableSet());
  }

  /** Makes plans with what the lab has. */
  @Singleton
  static class Planner implements StudyRequest.ModelNames {

    private final SpecificationCheck check;
    private final Jobs jobs;
    private final Models models;
    private final Masks masks;
    private final HeatMaps heatMaps;

    Planner(SpecificationCheck check, Jobs jobs, Models models, Masks masks, HeatMaps heatMaps) {
      this.check = check;
      this.jobs = jobs;
      this.models = models;
      this.masks = masks;
      this.heatMaps = heatMaps;
    }

    /**
     * The jobs of a study, in their order.
     *
     * @throws InvalidSpecificationException if one could not be done; the field names which
     */
    List<Studies.Entry> plan(StudyRequest request) {
      StudyPlan plan = new StudyPlan(this, request);
      request.parts(this).forEach(plan::add);
      return plan.entries;
    }

    @Override
    public String family(String dataset) {
      return check.family(dataset);
    }

    @Override
    public String id(String family, String architecture, String augmentation) {
      return ModelCatalogue.id(family, architecture, augmentation);
    }
  }

  private void add(StudyRequest.Part part) {
    try {
      entries.add(entry(part));
    } catch (InvalidSpecificationException e) {
      String remedy =
          request instanceof Sweep sweep && sweep.train() == null && e.field().equals("model")
              ? " Name the family of models that are there, or give the study a 'train'."
              : "";
      throw new InvalidSpecificationException(part.field(e.field()), e.getMessage() + remedy);
    }
  }

  private Studies.Entry entry(StudyRequest.Part part) {
    JobSpecification complete = lab.check.complete(part.specification(), made);
    String model = SpecificationCheck.model(complete);
    boolean isNew = specifications.add(complete);
    if (request.reuses()) {
      requireOnce(isNew, part);
      Optional<Job> known = needsNothingNew(part) ? known(complete, model) : Optional.empty();
      if (known.isPresent()) {
        plan(complete, model);
        return new Studies.Known(known.get().id());
      }
    }
    if (complete.kind() == Kind.TRAIN_MODEL) {
      if (made.containsKey(model)) {
        throw new InvalidSpecificationException(
            "augmentation", "The study makes the model %s twice.".formatted(model));
      }
      lab.check.requireNew(model);
      plan(complete, model);
    }
    return new Studies.Draft(complete, model, part.needs());
  }

  private static void requireOnce(boolean isNew, StudyRequest.Part part) {
    if (!isNew) {
      throw new InvalidSpecificationException("kind", part.path() + " is the same as one before.");
    }
  }

  private void plan(JobSpecification complete, String model) {
    if (complete instanceof JobSpecification.TrainModel training) {
      made.put(model, lab.check.classes(training));
    }
  }

  /** What is learned on a network that is made again has to be learned again. */
  private boolean needsNothingNew(StudyRequest.Part part) {
    return part.needs() == null || entries.get(part.needs()) instanceof Studies.Known;
  }

  /** A job with the same specification that is under way, or has made what is still there. */
  private Optional<Job> known(JobSpecification complete, String model) {
    return lab.jobs.of(complete.kind(), model).stream()
        .filter(job -> job.specification().equals(complete))
        .filter(job -> !job.state().isFinal() || hasMade(job))
        .findFirst();
  }

  private boolean hasMade(Job job) {
    List<Long> id = List.of(job.id());
    return job.state() == JobState.SUCCEEDED
        && switch (job.specification().kind()) {
          case TRAIN_MODEL -> available.contains(job.model());
          case HEAT_MAP -> !lab.heatMaps.ofJobs(id).isEmpty();
          case IMAGE_MASK, MODEL_MASK, CLASS_MASK -> !lab.masks.inShort(id).isEmpty();
        };
  }
}
