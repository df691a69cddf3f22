package io.fouriermasks.dataset;

import java.util.List;
import java.util.Map;

/** How the classes of an image folder are called. */
public final class ClassNames {

  /** Readable names of the method's five Imagenette classes, whose folders have WordNet ids. */
  private static final Map<String, String> WORDNET =
      Map.of(
          "n02102040", "English springer",
          "n03000684", "chain saw",
          "n03028079", "church",
          "n03394916", "French horn",
          "n03417042", "garbage truck");

  private ClassNames() {}

  /** The names that a model's card gets for these folders. */
  public static List<String> readable(List<String> folders) {
    return folders.stream().map(name -> WORDNET.getOrDefault(name, name)).toList();
  }

  /** Whether these folders, in their order, are the classes of a card. */
  public static boolean match(List<String> folders, List<String> classes) {
    return folders.equals(classes) || readable(folders).equals(classes);
  }
}
