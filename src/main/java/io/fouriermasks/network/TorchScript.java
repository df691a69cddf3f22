package io.fouriermasks.network;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A function of one tensor for which DJL has no name, written in TorchScript and compiled by
 * libtorch. Safe for use by several threads.
 */
final class TorchScript implements AutoCloseable {

  private final Model model;
  private final Block block;

  private TorchScript(Model model) {
    this.model = model;
    this.block = model.getBlock();
  }

  /**
   * Compiles it.
   *
   * @param expression the function's value, in which {@code x} is the tensor
   * @throws IllegalStateException if libtorch does not know an operation of it
   */
  static TorchScript compile(String expression, Device device) {
    Model model = Model.newInstance("function", device, "PyTorch");
    try {
      model.load(new ByteArrayInputStream(archive(expression)));
      return new TorchScript(model);
    } catch (IOException e) {
      model.close();
      throw new UncheckedIOException(e); // nothing is read from a disk
    } catch (MalformedModelException | RuntimeException e) {
      model.close();
      throw new IllegalStateException("libtorch does not compile " + expression, e);
    }
  }

  /**
   * Its value, differentiable, attached to the manager of x.
   *
   * @throws ai.djl.engine.EngineException if an operation is not there on this device
   */
  NDArray of(NDArray x) {
    ParameterStore noParameters = new ParameterStore(x.getManager(), false);
    return block.forward(noParameters, new NDList(x), true).singletonOrThrow();
  }

  @Override
  public void close() {
    model.close();
  }

  /** What {@code torch.jit.save} writes: a pickled object without attributes, and its class. */
  private static byte[] archive(String expression) throws IOException {
    String type =
        """
        class Function(Module):
          __parameters__ = []
          __buffers__ = []
          def forward(self, x: Tensor) -> Tensor:
            return %s
        """
            .formatted(expression);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      add(zip, "data.pkl", "\u0080\u0002c__torch__\nFunction\n)\u0081}b.".getBytes(ISO_8859_1));
      add(zip, "code/__torch__.py", type.getBytes(UTF_8));
      add(zip, "constants.pkl", "\u0080\u0002).".getBytes(ISO_8859_1));
      add(zip, "version", "3\n".getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry("function/" + name));
    zip.write(content);
    zip.closeEntry();
  }
}
