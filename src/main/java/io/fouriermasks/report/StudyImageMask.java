package io.fouriermasks.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.fouriermasks.network.Architecture;
import io.fouriermasks.spectrum.FourierMask;
import java.nio.file.Path;

/**
 * The mask of a single photograph.
 *
 * @param file it was read from
 * @param architecture of the network that it was trained with
 * @param variant which network of that architecture, and which form of the photograph
 * @param classFolder name of the folder of the photograph's class
 * @param image name of the photograph's file without its ending
 * @param mask as it was trained
 * @param meta what its archive says of its training
 */
public record StudyImageMask(
    Path file,
    Architecture architecture,
    Variant variant,
    String classFolder,
    String image,
    FourierMask mask,
    JsonNode meta) {

  /** What tells the photograph from others: {@code CLASSFOLDER/IMAGE}. */
  public String key() {
    return classFolder + "/" + image;
  }

  /** The class that the mask was trained to hold: the network's own prediction. */
  public int label() {
    return meta.path("label").asInt(-1);
  }

  /** Whether the network predicted that class through the finished mask. */
  public boolean predictionKept() {
    return meta.path("predictionKept").asBoolean(false);
  }
}
