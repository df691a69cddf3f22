package io.fouriermasks.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.fouriermasks.network.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * An array on the device with one row for each image in training: images come and go. Without rows
 * it holds nothing.
 */
final class RowArray {

  private final NDManager manager;
  private NDArray array;

  /**
   * @param manager holds the rows; close it to free them
   */
  RowArray(NDManager manager) {
    this.manager = manager;
  }

  /** The rows as they are: valid until the next change. */
  NDArray array() {
    return array;
  }

  /** Puts rows after the last one. */
  void append(NDArray rows) {
    replace(array == null ? rows.duplicate() : NDArrays.concat(new NDList(array, rows), 0));
  }

  /** Keeps the rows of these numbers, ascending, and drops the others. */
  void retain(int[] rows) {
    if (rows.length == 0) {
      array.close();
      array = null;
      return;
    }
    NDList parts = new NDList();
    for (int row : rows) {
      parts.add(array.get(row + ":" + (row + 1)));
    }
    try (parts) {
      replace(NDArrays.concat(parts, 0));
    }
  }

  /** Takes over other values for all rows. */
  void replace(NDArray values) {
    if (array != null) {
      array.close();
    }
    values.attach(manager);
    array = values;
  }

  /** Takes over the rows of another array, which is left without. */
  void takeFrom(RowArray other) {
    NDArray rows = other.array;
    other.array = null;
    replace(rows);
  }

  /** One row on the heap. */
  float[] row(int row) {
    try (NDArray part = array.get(row)) {
      return part.toFloatArray();
    }
  }

  /** A copy for a checkpoint. */
  Tensor save() {
    return tensor(array);
  }

  /** Takes over what {@link #save} has copied. */
  void restore(Tensor saved) {
    replace(array(manager, saved));
  }

  /** A copy of an array of real numbers. */
  static Tensor tensor(NDArray array) {
    List<Integer> shape = new ArrayList<>();
    for (long axis : array.getShape().getShape()) {
      shape.add(Math.toIntExact(axis));
    }
    return new Tensor(shape, array.toFloatArray());
  }

  /** The array of a copy, attached to the manager. */
  static NDArray array(NDManager manager, Tensor tensor) {
    long[] shape = tensor.shape().stream().mapToLong(Integer::longValue).toArray();
    return manager.create(tensor.values(), new Shape(shape));
  }
}
