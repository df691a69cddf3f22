package io.fouriermasks.page;

import io.fouriermasks.dataset.Augmentation;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.JobSpecification.ModelMask;
import io.fouriermasks.store.JobSpecification.TrainModel;
import io.fouriermasks.store.Model;
import io.fouriermasks.store.Models;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/**
 * The trained networks: all, with the forms that train another one and learn their masks, and one
 * with what is known of it. The forms begin with the settings that a request without them would
 * get.
 */
@Path("/models")
@Produces(MediaType.TEXT_HTML)
public class ModelsPage {

  private final Models models;

  ModelsPage(Models models) {
    this.models = models;
  }

  @GET
  public TemplateInstance models() {
    return Pages.models(
        List.of(Augmentation.values()),
        training(JobSpecification.QUICK),
        training(JobSpecification.PAPER),
        masks(JobSpecification.PAPER),
        masks(JobSpecification.MINIBATCH));
  }

  /** The page, or the page that says that nothing is there. */
  @GET
  @Path("{id: [a-z0-9-]{1,300}}")
  @Blocking
  public TemplateInstance model(@PathParam("id") String id) {
    Model model = models.get(id);
    return Pages.model(
        model,
        masks(JobSpecification.PAPER),
        masks(JobSpecification.MINIBATCH),
        new JobSpecification.HeatMap(id, null, null, null, null, null, null));
  }

  private static TrainModel training(String preset) {
    return new TrainModel(null, null, null, null, preset, null, null, null, null, null);
  }

  private static ModelMask masks(String preset) {
    return new ModelMask(null, null, null, preset, null, null, null, null);
  }
}
