package org.wengert.backend.plain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import org.wengert.backend.ScalarFunction;
import org.wengert.backend.ScalarFunction2;
import org.wengert.backend.Update;
import org.wengert.tensor.DType;
import org.wengert.tensor.Storage;

/// One loop for each function and element type.
///
/// A loop that many functions share calls them through the interface, at some 3 ns an element; a
/// loop that only ever saw one function is compiled with the function inside it, and often
/// vectorised. So each function class and type gets its own copy of the loop: a hidden class
/// defined from the bytes of one compiled template. A copy takes about 0.2 ms, once; there are as
/// many as the program has function classes, which the source bounds.
///
/// Thread-safe.
final class Loops {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
  private static final ClassValue<Loops> OF =
      new ClassValue<>() {
        @Override
        protected Loops computeValue(Class<?> function) {
          return new Loops();
        }
      };

  private final Map[] maps = new Map[DType.values().length];
  private final Zip[] zips = new Zip[DType.values().length];
  private final Step[] steps = new Step[DType.values().length];

  private Loops() {}

  /// The loop of a function of one number.
  interface Map {
    void run(ScalarFunction f, Storage x, int xAt, int xStep, Storage y, int yAt, int n);
  }

  /// The loop of a function of two numbers.
  interface Zip {
    void run(
        ScalarFunction2 f,
        Storage a,
        int aAt,
        int aStep,
        Storage b,
        int bAt,
        int bStep,
        Storage y,
        int yAt,
        int n);
  }

  /// The loop of an optimizer's update.
  interface Step {
    void run(
        Update rule,
        Storage gradient,
        int gradientAt,
        int gradientStep,
        Storage[] state,
        int stateAt,
        int n);
  }

  static Map map(ScalarFunction f, DType type) {
    Loops loops = OF.get(f.getClass());
    Map loop = loops.maps[type.ordinal()];
    if (loop == null) {
      loop = (Map) copyOf(MapTemplate.class);
      loops.maps[type.ordinal()] = loop;
    }
    return loop;
  }

  static Zip zip(ScalarFunction2 f, DType type) {
    Loops loops = OF.get(f.getClass());
    Zip loop = loops.zips[type.ordinal()];
    if (loop == null) {
      loop = (Zip) copyOf(ZipTemplate.class);
      loops.zips[type.ordinal()] = loop;
    }
    return loop;
  }

  static Step step(Update rule, DType type) {
    Loops loops = OF.get(rule.getClass());
    Step loop = loops.steps[type.ordinal()];
    if (loop == null) {
      loop = (Step) copyOf(StepTemplate.class);
      loops.steps[type.ordinal()] = loop;
    }
    return loop;
  }

  private static Object copyOf(Class<?> template) {
    String file = template.getName().substring(template.getPackageName().length() + 1) + ".class";
    try (InputStream bytes = template.getResourceAsStream(file)) {
      if (bytes == null) {
        throw new IllegalStateException(file + " is missing from the class path");
      }
      Class<?> copy = LOOKUP.defineHiddenClass(bytes.readAllBytes(), true).lookupClass();
      return copy.getDeclaredConstructor().newInstance();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot copy the loop " + template, e);
    }
  }

  /// `y[i] = f(x[i])`.
  static final class MapTemplate implements Map {
    @Override
    public void run(ScalarFunction f, Storage x, int xAt, int xStep, Storage y, int yAt, int n) {
      if (xStep == 1 && xAt == yAt) {
        for (int i = yAt; i < yAt + n; i++) {
          y.put(i, f.value(x.at(i)));
        }
      } else {
        for (int i = 0; i < n; i++) {
          y.put(yAt + i, f.value(x.at(xAt + i * xStep)));
        }
      }
    }
  }

  /// `y[i] = f(a[i], b[i])`.
  static final class ZipTemplate implements Zip {
    @Override
    public void run(
        ScalarFunction2 f,
        Storage a,
        int aAt,
        int aStep,
        Storage b,
        int bAt,
        int bStep,
        Storage y,
        int yAt,
        int n) {
      if (aStep == 1 && bStep == 1 && aAt == yAt && bAt == yAt) {
        for (int i = yAt; i < yAt + n; i++) {
          y.put(i, f.value(a.at(i), b.at(i)));
        }
      } else if (aStep == 1 && bStep == 0 && aAt == yAt) {
        double right = b.at(bAt);
        for (int i = yAt; i < yAt + n; i++) {
          y.put(i, f.value(a.at(i), right));
        }
      } else {
        for (int i = 0; i < n; i++) {
          y.put(yAt + i, f.value(a.at(aAt + i * aStep), b.at(bAt + i * bStep)));
        }
      }
    }
  }

  /// `rule(gradient[i], state[..][i])`, with the element's state in a small array that the compiler
  /// keeps in registers.
  static final class StepTemplate implements Step {
    @Override
    public void run(
        Update rule,
        Storage gradient,
        int gradientAt,
        int gradientStep,
        Storage[] state,
        int stateAt,
        int n) {
      double[] element = new double[state.length];
      for (int i = 0; i < n; i++) {
        for (int s = 0; s < state.length; s++) {
          element[s] = state[s].at(stateAt + i);
        }
        rule.apply(gradient.at(gradientAt + i * gradientStep), element);
        for (int s = 0; s < state.length; s++) {
          state[s].put(stateAt + i, element[s]);
        }
      }
    }
  }
}
