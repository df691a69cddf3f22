package io.fouriermasks.api;

import io.fouriermasks.job.IntakeResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Counts what was handed in and not taken: single photographs of an upload, and whole requests. A
 * lab whose users fail to bring in their pictures should not have to wait for a complaint.
 */
@Singleton
class UploadMeters {

  private static final String NAME = "fourier.masks.uploads.refused";

  private static final int NONE_TAKEN = 422; // its files are counted one by one

  private final MeterRegistry registry;

  UploadMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Counts the files of an upload of photographs that were not taken. */
  void count(List<IntakeResult> results) {
    for (IntakeResult result : results) {
      if (result instanceof IntakeResult.Refused refused) {
        refused(refused.reason().name().toLowerCase(Locale.ROOT));
      }
    }
  }

  /** A request was refused for its size before it was read. */
  void tooLarge() {
    refused("too_large");
  }

  /** Counts requests with files that were refused as a whole. */
  @ServerResponseFilter
  void count(ContainerRequestContext request, ContainerResponseContext response) {
    int status = response.getStatus();
    MediaType type = request.getMediaType();
    if (status < 400
        || status == NONE_TAKEN
        || !request.getMethod().equals(HttpMethod.POST)
        || type == null
        || !type.isCompatible(MediaType.MULTIPART_FORM_DATA_TYPE)) {
      return;
    }
    refused(
        switch (status) {
          case 413 -> "too_large";
          case 507 -> "disk_full";
          default -> status < 500 ? "invalid" : "error";
        });
  }

  private void refused(String reason) {
    Counter.builder(NAME)
        .description("Files, or whole requests, that were not taken")
        .tag("reason", reason)
        .register(registry)
        .increment();
  }
}
