package io.fouriermasks.job;

import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.store.ArtefactType;
import io.fouriermasks.store.Artefacts;
import io.fouriermasks.store.Mask;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The values of stored masks. */
@Singleton
public class MaskPlanes {

  private final Artefacts artefacts;

  MaskPlanes(Artefacts artefacts) {
    this.artefacts = artefacts;
  }

  /**
   * The values of a mask.
   *
   * @throws io.fouriermasks.store.UnknownIdException if its file is gone
   */
  public FourierMask read(Mask mask) {
    byte[] bytes = artefacts.read(ArtefactType.BIN, mask.files().plane());
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return FourierMask.ofFullPlane((int) Math.sqrt(values.length), values);
  }
}
