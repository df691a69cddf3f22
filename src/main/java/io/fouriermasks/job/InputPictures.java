package io.fouriermasks.job;

import io.fouriermasks.dataset.GrayImage;
import io.fouriermasks.dataset.ImageDecoder;
import io.fouriermasks.dataset.UnreadableImageException;
import io.fouriermasks.store.ArtefactType;
import io.fouriermasks.store.Artefacts;
import io.fouriermasks.store.Image;
import io.fouriermasks.store.Model;
import jakarta.inject.Singleton;

/** What networks are given of the stored pictures. */
@Singleton
class InputPictures {

  private final Artefacts artefacts;
  private final ImageDecoder decoder = new ImageDecoder(ImageDecoder.Limits.UPLOAD);

  InputPictures(Artefacts artefacts) {
    this.artefacts = artefacts;
  }

  /** The picture as {@code model} was trained to see it: normalised, row-major. */
  float[] read(Image image, Model model) {
    try {
      GrayImage input = decoder.decode(artefacts.read(ArtefactType.PNG, image.input())).luma();
      return input.normalised(model.mean(), model.std());
    } catch (UnreadableImageException e) {
      throw new IllegalStateException("the stored input of image " + image.id(), e);
    }
  }
}
