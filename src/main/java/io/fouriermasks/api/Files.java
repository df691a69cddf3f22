package io.fouriermasks.api;

import io.fouriermasks.store.ArtefactType;
import io.fouriermasks.store.Artefacts;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;

/** Answers with files that never change, which a browser may keep for a year. */
@Singleton
class Files {

  private static final String FOR_EVER = "private, max-age=31536000, immutable";

  private final Artefacts artefacts;

  Files(Artefacts artefacts) {
    this.artefacts = artefacts;
  }

  /** An artefact; 304 if the client has it. */
  Response immutable(ArtefactType type, String hash, Request request) {
    return immutable(hash, type.mediaType(), request, () -> artefacts.get(type, hash).toFile());
  }

  /**
   * Something that follows from an artefact; 304 if the client has it.
   *
   * @param tag names the content
   */
  Response immutable(String tag, String mediaType, Request request, Supplier<Object> content) {
    EntityTag entityTag = new EntityTag(tag);
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(entityTag);
    Response.ResponseBuilder response =
        unchanged != null ? unchanged : Response.ok(content.get()).type(mediaType);
    return response.tag(entityTag).header(HttpHeaders.CACHE_CONTROL, FOR_EVER).build();
  }
}
