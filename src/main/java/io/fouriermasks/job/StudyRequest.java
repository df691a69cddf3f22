package io.fouriermasks.job;

import io.fouriermasks.store.JobSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is to be done together: named one by one, or as a {@link Sweep}. */
public sealed interface StudyRequest permits StudyRequest.JobList, Sweep {

  /** Most jobs of one study. */
  int MAX_JOBS = 500;

  /** For people. */
  String name();

  /**
   * Its jobs, in the order in which they are to be done: each after what it needs.
   *
   * @throws InvalidSpecificationException if the request is not one
   */
  List<Part> parts(ModelNames names);

  /** Whether jobs that are done or under way take the place of equal ones. */
  boolean reuses();

  /** How networks are called. */
  interface ModelNames {

    /** The family of the networks of a dataset where none is named. */
    String family(String dataset);

    String id(String family, String architecture, String augmentation);
  }

  /**
   * One job of a request.
   *
   * @param path where in the request it comes from, such as {@code masks[1]}
   * @param elsewhere fields of its specification that the request has at another place
   * @param needs place of the job that must have succeeded before, or null
   */
  record Part(
      String path, Map<String, String> elsewhere, JobSpecification specification, Integer needs) {

    /** Where in the request a field of the specification is. */
    String field(String name) {
      return elsewhere.getOrDefault(name, path + "." + name);
    }
  }

  /** Jobs one by one. They are all made, whatever has been done before. */
  record JobList(String name, List<JobSpecification> jobs) implements StudyRequest {

    @Override
    public List<Part> parts(ModelNames names) {
      if (jobs == null || jobs.isEmpty() || jobs.size() > MAX_JOBS) {
        throw new InvalidSpecificationException("jobs", "A study has 1 to " + MAX_JOBS + " jobs.");
      }
      List<Part> parts = new ArrayList<>();
      for (int i = 0; i < jobs.size(); i++) {
        String path = "jobs[" + i + "]";
        if (jobs.get(i) == null) {
          throw new InvalidSpecificationException(path, "A job is missing.");
        }
        parts.add(new Part(path, Map.of(), jobs.get(i), null));
      }
      return parts;
    }

    @Override
    public boolean reuses() {
      return false;
    }
  }
}
