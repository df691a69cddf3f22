package io.fouriermasks.page;

import io.fouriermasks.dataset.Augmentation;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.Model;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/**
 * The pages' templates in {@code web/templates/pages}, checked when the program is built. They are
 * shells: what changes is fetched from the API by the page's modules, so that the first paint waits
 * for nothing.
 */
@CheckedTemplate(basePath = "pages")
final class Pages {

  private Pages() {}

  static native TemplateInstance overview();

  static native TemplateInstance images();

  static native TemplateInstance compare();

  static native TemplateInstance models(
      List<Augmentation> augmentations,
      JobSpecification.TrainModel quick,
      JobSpecification.TrainModel paper,
      JobSpecification.ModelMask paperMasks,
      JobSpecification.ModelMask minibatchMasks);

  static native TemplateInstance model(
      Model model,
      JobSpecification.ModelMask paper,
      JobSpecification.ModelMask minibatch,
      JobSpecification.HeatMap heatMap);

  static native TemplateInstance datasets();

  static native TemplateInstance jobs();

  static native TemplateInstance job(long id);

  static native TemplateInstance access(
      String next, boolean wrong, long wait, String provider, String signIn, String problem);

  static native TemplateInstance studies();

  static native TemplateInstance study(long id);

  static native TemplateInstance embedding();

  static native TemplateInstance system();

  static native TemplateInstance users();

  static native TemplateInstance notFound(String path);
}
