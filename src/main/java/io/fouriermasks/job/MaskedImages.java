package io.fouriermasks.job;

import ai.djl.ndarray.NDManager;
import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.store.Image;
import io.fouriermasks.store.Images;
import io.fouriermasks.store.Mask;
import io.fouriermasks.store.Model;
import io.fouriermasks.store.Models;
import jakarta.inject.Singleton;

/**
 * Images through masks that come from files. They are computed when they are asked for: taking a
 * mask in must not wait for the engine.
 */
@Singleton
public class MaskedImages {

  private final Models models;
  private final Images images;
  private final InputPictures inputs;
  private final EngineLoader engine;

  MaskedImages(Models models, Images images, InputPictures inputs, EngineLoader engine) {
    this.models = models;
    this.images = images;
    this.inputs = inputs;
    this.engine = engine;
  }

  /**
   * Whether there is an image to show: a mask of many images has none, and of an attacked
   * photograph only the clean one is kept.
   */
  public boolean canShow(Mask mask) {
    return mask.image() != null && !MaskFile.ATTACKED.equals(mask.variant());
  }

  /**
   * The image of a mask through it, as PNG.
   *
   * @param plane its values
   * @throws EngineUnavailableException if nothing can be computed (yet)
   */
  public byte[] png(Mask mask, FourierMask plane) {
    Model model = models.get(mask.model());
    Image image = images.get(mask.image());
    float[] input = inputs.read(image, model);
    try (NDManager scratch = NDManager.newBaseManager(engine.require())) {
      float[] masked = MaskedPicture.through(scratch, plane, input);
      return MaskedPicture.png(masked, model.size(), model.mean(), model.std());
    }
  }
}
