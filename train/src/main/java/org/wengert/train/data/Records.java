package org.wengert.train.data;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;

/// Tensors, and records of tensors or of such records, taken apart and put together again: so that
/// batches can be records of the user's own. Immutable; one for each record type.
final class Records {
  private static final ClassValue<Records> CACHE =
      new ClassValue<>() {
        @Override
        protected Records computeValue(Class<?> type) {
          return new Records(type);
        }
      };

  private final RecordComponent[] components;
  private final Constructor<?> constructor;

  private Records(Class<?> type) {
    components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      constructor = type.getDeclaredConstructor(types);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("a record without its constructor: " + type, e);
    }
    open(type, constructor);
    for (RecordComponent component : components) {
      open(type, component.getAccessor());
    }
  }

  private static void open(Class<?> type, AccessibleObject member) {
    if (!member.trySetAccessible()) {
      throw new OptionException(
              "record " + type.getSimpleName() + " cannot be made: its package is closed")
          .hint(
              "write `opens "
                  + type.getPackageName()
                  + " to org.wengert.train;` into module-info.java, or give the loader a Collate");
    }
  }

  /// One value of several alike: each tensor in it is what `combine` makes of those in its place.
  ///
  /// @throws OptionException if one is neither a tensor nor a record, or they differ in type
  @SuppressWarnings("unchecked") // of the same class as the first one
  static <S> S combine(List<S> values, Function<List<Tensor>, Tensor> combine) {
    return (S) combine(values, values.getFirst().getClass().getSimpleName(), combine);
  }

  private static Object combine(
      List<?> values, String place, Function<List<Tensor>, Tensor> combine) {
    Class<?> type = values.getFirst().getClass();
    for (Object value : values) {
      if (value.getClass() != type) {
        throw new OptionException(
                place
                    + " is a "
                    + type.getSimpleName()
                    + " here, a "
                    + value.getClass().getSimpleName()
                    + " there")
            .hint("samples of one batch are alike");
      }
    }
    if (type == Tensor.class) {
      return combine.apply(values.stream().map(Tensor.class::cast).toList());
    }
    if (!type.isRecord()) {
      throw new OptionException(place + " is a " + type.getName() + ", no tensor")
          .hint("batches of records of tensors need nothing else; for others give a Collate");
    }
    return CACHE.get(type).parts(values, place, combine);
  }

  private Object parts(List<?> values, String place, Function<List<Tensor>, Tensor> combine) {
    Object[] parts = new Object[components.length];
    for (int i = 0; i < parts.length; i++) {
      RecordComponent component = components[i];
      String name = place + "." + component.getName();
      List<Object> theirs = values.stream().map(value -> read(component, value, name)).toList();
      parts[i] = combine(theirs, name, combine);
    }
    return Objects.requireNonNull(invoke(() -> constructor.newInstance(parts)));
  }

  private static Object read(RecordComponent component, Object value, String name) {
    Object part = invoke(() -> component.getAccessor().invoke(value));
    if (part == null) {
      throw new OptionException(name + " is null").hint("give every sample all its parts");
    }
    return part;
  }

  /// A call by reflection.
  @FunctionalInterface
  private interface Call {
    @Nullable Object invoke() throws ReflectiveOperationException;
  }

  private static @Nullable Object invoke(Call call) {
    try {
      return call.invoke();
    } catch (InvocationTargetException e) {
      switch (e.getCause()) {
        case RuntimeException refused -> throw refused;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("an open record is closed", e);
    }
  }
}
