package io.fouriermasks.job;

import ai.djl.ndarray.NDManager;
import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.store.Image;
import io.fouriermasks.store.Images;
import io.fouriermasks.store.Mask;
import io.fouriermasks.store.Model;
import io.fouriermasks.store.Models;
import jakarta.inject.Singleton;
import java.util.List;

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
  private final FrozenNetworks networks;

  MaskedImages(
      Models models,
      Images images,
      InputPictures inputs,
      EngineLoader engine,
      FrozenNetworks networks) {
    this.models = models;
    this.images = images;
    this.inputs = inputs;
    this.engine = engine;
    this.networks = networks;
  }

  /**
   * What the network of a mask says about an image.
   *
   * @param model the network
   * @param unmasked logits of the image as it is
   * @param masked logits of the image through the mask
   * @param complement logits of the image through what the mask drops
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Logits(Model model, float[] unmasked, float[] masked, float[] complement) {}

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
    return png(models.get(mask.model()), plane, images.get(mask.image()));
  }

  /**
   * Any image through any mask, as a network sees it, as PNG.
   *
   * @throws EngineUnavailableException if nothing can be computed (yet)
   */
  public byte[] png(Model model, FourierMask plane, Image image) {
    float[] input = inputs.read(image, model);
    try (NDManager scratch = NDManager.newBaseManager(engine.require())) {
      float[] masked = MaskedPicture.through(scratch, plane, input);
      return MaskedPicture.png(masked, model.size(), model.mean(), model.std());
    }
  }

  /**
   * What the network of a mask says about any image with and without the mask.
   *
   * @param plane the mask's values
   * @throws EngineUnavailableException if nothing can be computed (yet)
   * @throws JobFailedException if the network's weights can no longer be read
   */
  public Logits logits(Model model, FourierMask plane, Image image) {
    float[] input = inputs.read(image, model);
    return networks.use(
        model,
        network -> {
          try (NDManager scratch = network.newManager()) {
            float[][] logits =
                network.logits(
                    List.of(
                        input,
                        MaskedPicture.through(scratch, plane, input),
                        MaskedPicture.through(scratch, plane.complement(), input)));
            return new Logits(model, logits[0], logits[1], logits[2]);
          }
        });
  }
}
