package org.wengert.optim;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import org.wengert.StateCheck;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Options as tensors and back, component by component, so that an optimizer does not have to name
/// its options a second time in order to save them.
final class OptionRecord {
  private static final List<Class<?>> TYPES = List.of(double.class, int.class, boolean.class);

  private OptionRecord() {}

  /// Whether the options can be saved.
  static void check(Options<?> options) {
    Class<?> type = options.getClass();
    if (!type.isRecord()) {
      throw new OptionException(type.getName() + " is no record")
          .hint("declare options as a record of double, int and boolean components");
    }
    for (RecordComponent component : type.getRecordComponents()) {
      if (!TYPES.contains(component.getType())) {
        throw new OptionException(
                "option " + component.getName() + " is a " + component.getType().getName())
            .hint("declare options as a record of double, int and boolean components");
      }
    }
  }

  static void save(Options<?> options, String key, Map<String, Tensor> state) {
    for (RecordComponent component : options.getClass().getRecordComponents()) {
      state.put(key + "/" + component.getName(), tensor(value(options, component)));
    }
  }

  private static Object value(Options<?> options, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(options);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read option " + component.getName(), e);
    }
  }

  private static Tensor tensor(Object value) {
    return switch (value) {
      case Boolean flag -> Tensor.of(new boolean[] {flag}).reshape(Shape.SCALAR);
      case Integer count -> Tensor.of((long) count);
      default -> Tensor.of((double) value);
    };
  }

  private static DType type(RecordComponent component) {
    Class<?> type = component.getType();
    return type == boolean.class ? DType.BOOL : type == int.class ? DType.INT64 : DType.FLOAT64;
  }

  /// Looks at what [#load] will read.
  static void expect(Options<?> options, String key, StateCheck check) {
    for (RecordComponent component : options.getClass().getRecordComponents()) {
      check.expect(key + "/" + component.getName(), type(component), Shape.SCALAR);
    }
  }

  /// What [#save] wrote, as options of the same class; the record checks its domain.
  static <O extends Options<O>> O load(O like, String key, Map<String, Tensor> state) {
    RecordComponent[] components = like.getClass().getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = value(types[i], StateCheck.require(state, key + "/" + components[i].getName()));
    }
    return make(like, types, values);
  }

  private static Object value(Class<?> type, Tensor saved) {
    if (type == double.class) {
      return saved.item();
    }
    if (type == boolean.class) {
      return saved.item() != 0;
    }
    return Math.clamp(saved.longAt(), Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  @SuppressWarnings("unchecked") // the constructor is that of like's class
  private static <O extends Options<O>> O make(O like, Class<?>[] types, Object[] values) {
    try {
      var constructor = like.getClass().getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return (O) constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException domain) {
        throw domain;
      }
      throw new IllegalStateException("cannot make " + like.getClass().getName(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make " + like.getClass().getName(), e);
    }
  }
}
