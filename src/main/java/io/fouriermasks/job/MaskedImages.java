package io.fouriermasks.job;

import ai.djl.ndarray.NDManager;
import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.store.ArtefactType;
import io.fouriermasks.store.Artefacts;
import io.fouriermasks.store.Image;
import io.fouriermasks.store.Images;
import io.fouriermasks.store.Mask;
import io.fouriermasks.store.Model;
import io.fouriermasks.store.Models;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
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
  private final Artefacts artefacts;
  private final EngineLoader engine;
  private final FrozenNetworks networks;

  MaskedImages(
      Models models,
      Images images,
      InputPictures inputs,
      Artefacts artefacts,
      EngineLoader engine,
      FrozenNetworks networks) {
    this.models = models;
    this.images = images;
    this.inputs = inputs;
    this.artefacts = artefacts;
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
   * Whether there is an image to show: a mask of many images has none, and of a photograph that was
   * attacked by another program only the clean one is kept.
   */
  public boolean canShow(Mask mask) {
    return mask.image() != null
        && (mask.files().input() != null || !Mask.ATTACKED.equals(mask.variant()));
  }

  /**
   * The image of a mask through it, as PNG.
   *
   * @param plane its values
   * @throws EngineUnavailableException if nothing can be computed (yet)
   */
  public byte[] png(Mask mask, FourierMask plane) {
    Model model = models.get(mask.model());
    return png(model, plane, input(mask, model));
  }

  /**
   * Any image through any mask, as a network sees it, as PNG.
   *
   * @throws EngineUnavailableException if nothing can be computed (yet)
   */
  public byte[] png(Model model, FourierMask plane, Image image) {
    return png(model, plane, inputs.read(image, model));
  }

  private byte[] png(Model model, FourierMask plane, float[] input) {
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

  /** The image that a mask was learned on, as PNG; {@link #canShow} says whether there is one. */
  public byte[] inputPng(Mask mask) {
    Model model = models.get(mask.model());
    return MaskedPicture.png(input(mask, model), model.size(), model.mean(), model.std());
  }

  private float[] input(Mask mask, Model model) {
    String kept = mask.files().input();
    if (kept == null) {
      return inputs.read(images.get(mask.image()), model);
    }
    FloatBuffer values =
        ByteBuffer.wrap(artefacts.read(ArtefactType.BIN, kept))
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
    float[] input = new float[values.remaining()];
    values.get(input);
    return input;
  }
}
