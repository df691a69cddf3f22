package io.fouriermasks.page;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

/**
 * Answers a browser that asked for a page we do not have with a page. A filter rather than an
 * exception mapper, because the API maps the same exceptions to problem details: programs keep
 * getting those.
 */
@Provider
public class NotFoundPage implements ContainerResponseFilter {

  private static final MediaType HTML = MediaType.TEXT_HTML_TYPE.withCharset("UTF-8");

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    String path = request.getUriInfo().getPath();
    if (response.getStatus() == Response.Status.NOT_FOUND.getStatusCode()
        && !path.startsWith("/api/")
        && !path.startsWith("/q/")
        && wantsHtml(request)) {
      response.setEntity(Pages.notFound(path).render(), null, HTML);
    }
  }

  /** Browsers name HTML in so many words; a bare wildcard is a program's. */
  private static boolean wantsHtml(ContainerRequestContext request) {
    return request.getAcceptableMediaTypes().stream()
        .anyMatch(
            type ->
                !type.isWildcardType()
                    && !type.isWildcardSubtype()
                    && type.isCompatible(MediaType.TEXT_HTML_TYPE));
  }
}
