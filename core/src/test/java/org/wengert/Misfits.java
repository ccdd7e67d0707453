package org.wengert;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// Draws arguments for a function from its parameter types alone, so that they mostly do not fit:
/// operands of any rank, size 0 and type, axes out of range, negative counts. Variables are called
/// `img0`, `img1`, ... Not thread-safe.
final class Misfits {
  private static final int[] NUMBERS = {-9, -2, -1, 0, 1, 2, 3, 9};
  private static final int[] SIZES = {0, 1, 2, 2, 3, 3, 4};
  private static final double[] FRACTIONS = {-1, 0, 0.5, 1, 2, Double.NaN};
  private static final String[] EQUATIONS = {
    "ij,jk->ik", "ii", "i,j", "ij->", "...i->...", "a,b,c", "i-", "ij->ik", "i..j", "1", ""
  };

  private final Random random;
  private Shape common = Shape.SCALAR;
  private int count;

  Misfits(long seed) {
    random = new Random(seed);
  }

  Object[] arguments(Method function) {
    count = 0;
    common = shape();
    return Arrays.stream(function.getGenericParameterTypes()).map(this::draw).toArray();
  }

  private Object draw(Type type) {
    return switch (type) {
      case WildcardType wild -> draw(wild.getUpperBounds()[0]);
      case ParameterizedType list -> list(list.getActualTypeArguments()[0]);
      case Class<?> c when c.isArray() -> array(c.getComponentType());
      case Class<?> c when c.isEnum() -> c.getEnumConstants()[below(c.getEnumConstants().length)];
      case Class<?> c when c.isRecord() -> record(c);
      case Class<?> c -> value(c);
      default -> throw new AssertionError("no way to draw a " + type);
    };
  }

  private Object value(Class<?> type) {
    return switch (type.getSimpleName()) {
      case "Variable" -> variable();
      case "Tensor" -> tensor();
      case "Shape" -> shape();
      case "Index" -> index();
      case "String" -> EQUATIONS[below(EQUATIONS.length)];
      case "boolean" -> random.nextBoolean();
      case "int", "Integer" -> NUMBERS[below(NUMBERS.length)];
      case "long" -> (long) NUMBERS[below(NUMBERS.length)];
      case "double" -> FRACTIONS[below(FRACTIONS.length)];
      default -> throw new AssertionError("no way to draw a " + type);
    };
  }

  private int below(int limit) {
    return random.nextInt(limit);
  }

  private Shape shape() {
    return Shape.of(IntStream.range(0, below(5)).map(i -> SIZES[below(SIZES.length)]).toArray());
  }

  private Tensor tensor() {
    Tensor steps = Tensor.arange((random.nextBoolean() ? common : shape()).count());
    Shape to = steps.count() == common.count() ? common : Shape.of(steps.count());
    DType type = below(3) > 0 ? DType.FLOAT32 : DType.values()[below(DType.values().length)];
    return steps.reshape(to).to(type);
  }

  private Variable variable() {
    Shape shape = below(5) < 3 ? common : shape();
    DType type = below(3) > 0 ? DType.FLOAT32 : DType.values()[below(DType.values().length)];
    Tensor steps = Tensor.arange(shape.count()).reshape(shape).to(type);
    Variable x = type.isFloating() ? Variable.of(steps) : Variable.constant(steps);
    return x.named("img" + count++);
  }

  private Index index() {
    int at = NUMBERS[below(NUMBERS.length)];
    return switch (below(5)) {
      case 0 -> Index.at(at);
      case 1 -> Index.all();
      case 2 -> Index.range(at, NUMBERS[below(NUMBERS.length)]);
      case 3 -> Index.mask(tensor());
      default -> Index.ellipsis();
    };
  }

  private List<Object> list(Type element) {
    return Stream.generate(() -> draw(element)).limit(below(4)).toList();
  }

  private Object array(Class<?> element) {
    Object array = Array.newInstance(element, below(5));
    for (int i = 0; i < Array.getLength(array); i++) {
      Array.set(array, i, draw(element));
    }
    return array;
  }

  /// A record that its own constructor accepts.
  private Object record(Class<?> type) {
    RecordComponent[] parts = type.getRecordComponents();
    Class<?>[] types = Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
    while (true) {
      Object[] values = Arrays.stream(parts).map(part -> draw(part.getGenericType())).toArray();
      try {
        return type.getDeclaredConstructor(types).newInstance(values);
      } catch (InvocationTargetException e) {
        if (!(e.getCause() instanceof WengertException)) {
          throw new AssertionError(type + " of " + text(values), e.getCause());
        }
      } catch (ReflectiveOperationException e) {
        throw new AssertionError(e);
      }
    }
  }

  /// The variables among the arguments, also inside lists and arrays.
  static List<Variable> variables(Object... arguments) {
    List<Variable> found = new ArrayList<>();
    for (Object argument : arguments) {
      switch (argument) {
        case Variable x -> found.add(x);
        case List<?> list -> found.addAll(variables(list.toArray()));
        case Object[] array -> found.addAll(variables(array));
        case Record parts -> found.addAll(variables(components(parts)));
        default -> {}
      }
    }
    return found;
  }

  private static Object[] components(Record parts) {
    List<Object> components = new ArrayList<>();
    for (RecordComponent component : parts.getClass().getRecordComponents()) {
      try {
        components.add(component.getAccessor().invoke(parts));
      } catch (ReflectiveOperationException e) {
        throw new AssertionError(e);
      }
    }
    return components.toArray();
  }

  /// The arguments as a message shows them.
  static String text(Object... arguments) {
    List<String> texts = new ArrayList<>();
    for (Object argument : arguments) {
      texts.add(
          switch (argument) {
            case Variable x -> x.name() + x.shape() + x.dtype();
            case List<?> list -> text(list.toArray());
            case Object[] array -> text(array);
            case int[] array -> Arrays.toString(array);
            case double[] array -> Arrays.toString(array);
            default -> String.valueOf(argument);
          });
    }
    return texts.toString();
  }
}
