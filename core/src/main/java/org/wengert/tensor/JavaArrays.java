package org.wengert.tensor;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Conversion between tensors and Java arrays of any rank.
final class JavaArrays {
  private static final int LIMIT = 255; // Java's own limit on the dimensions of an array

  private JavaArrays() {}

  static Tensor toTensor(Object array) {
    List<Integer> sizes = new ArrayList<>();
    Class<?> type = array.getClass();
    Object level = array;
    while (type.isArray()) {
      int size = level == null ? 0 : Array.getLength(level);
      sizes.add(size);
      level = size == 0 ? null : Array.get(level, 0);
      type = type.getComponentType();
    }
    Shape shape = Shape.of(sizes.stream().mapToInt(Integer::intValue).toArray());
    Storage storage = Storage.allocate(DType.of(primitive(type)), shape.count());
    int filled = fill(storage, 0, array, shape, 0);
    assert filled == shape.count();
    return Tensor.over(storage, shape);
  }

  private static Class<?> primitive(Class<?> type) {
    return java.lang.invoke.MethodType.methodType(type).unwrap().returnType();
  }

  private static int fill(Storage storage, int next, Object part, Shape shape, int axis) {
    if (axis == shape.rank()) {
      put(storage, next, part);
      return next + 1;
    }
    int size = shape.size(axis);
    if (part == null || Array.getLength(part) != size) {
      throw new ShapeException(
              "rows of axis "
                  + axis
                  + " differ: "
                  + size
                  + " elements in the first, "
                  + (part == null ? "null" : Array.getLength(part))
                  + " in another")
          .hint("all rows need the same length; pad the short ones");
    }
    int at = next;
    for (int i = 0; i < size; i++) {
      at = fill(storage, at, Array.get(part, i), shape, axis + 1);
    }
    return at;
  }

  private static void put(Storage storage, int at, @Nullable Object element) {
    switch (element) {
      case null ->
          throw new DTypeException("no number: null").hint("fill the gap, for instance with NaN");
      case Boolean b -> storage.put(at, b ? 1L : 0L);
      case Byte b -> storage.put(at, Byte.toUnsignedLong(b));
      case Integer i -> storage.put(at, (long) i);
      case Long l -> storage.put(at, (long) l);
      case Number n -> storage.put(at, n.doubleValue());
      default -> throw new DTypeException("no number: " + element);
    }
  }

  static Object fromTensor(Tensor x, Class<?> arrayType) {
    int rank = 0;
    Class<?> element = arrayType;
    while (element.isArray()) {
      rank++;
      element = element.getComponentType();
    }
    if (rank != x.rank() || rank == 0 || rank > LIMIT) {
      throw new ShapeException(
              "a tensor of rank " + x.rank() + " is no " + arrayType.getSimpleName())
          .hint(
              "the array needs one pair of brackets for each axis of "
                  + x.shape()
                  + "; item() gives a scalar");
    }
    DType type = DType.of(element);
    Object array = Array.newInstance(element, x.shape().toArray());
    copy(x.to(type).contiguous().storage(), 0, array, x.shape(), 0);
    return array;
  }

  private static int copy(Storage from, int next, Object array, Shape shape, int axis) {
    int at = next;
    for (int i = 0; i < shape.size(axis); i++) {
      if (axis < shape.rank() - 1) {
        at = copy(from, at, Array.get(array, i), shape, axis + 1);
      } else {
        set(array, i, from, at++);
      }
    }
    return at;
  }

  private static void set(Object array, int i, Storage from, int at) {
    switch (array) {
      case float[] a -> a[i] = (float) from.at(at);
      case double[] a -> a[i] = from.at(at);
      case byte[] a -> a[i] = (byte) from.longAt(at);
      case int[] a -> a[i] = (int) from.longAt(at);
      case long[] a -> a[i] = from.longAt(at);
      case boolean[] a -> a[i] = from.longAt(at) != 0;
      default -> throw new DTypeException("no array of numbers: " + array.getClass());
    }
  }
}
