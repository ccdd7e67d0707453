package org.wengert.benchmarks;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;

/// Two builds of the library against each other: the same step in one process, in turns, each build
/// in a class loader of its own. What was loaded first is compiled first, and may be faster for
/// that by several per cent; so compare both orders.
public final class Versus {
  private static final double BLOCK = 20e6; // ns

  private final DoubleSupplier step;
  private final List<Double> times = new ArrayList<>();
  private int calls = 1;

  private Versus(DoubleSupplier step) {
    this.step = step;
  }

  /// Prints medians in microseconds, and the quartiles of the ratios of neighbouring blocks.
  ///
  /// @param args two jars of benchmarks, seconds for each step, and names of [Workloads]
  /// @throws ReflectiveOperationException if a jar has no such step
  /// @throws MalformedURLException never
  public static void main(String[] args)
      throws ReflectiveOperationException, MalformedURLException {
    if (args.length < 4) {
      System.err.println("Versus ONE.jar OTHER.jar SECONDS WORKLOAD ..");
      System.exit(2);
    }
    ClassLoader one = loader(args[0]);
    ClassLoader other = loader(args[1]);
    System.out.println("| step | one, µs | other, µs | other / one | quartiles |");
    System.out.println("|---|---|---|---|---|");
    for (String name : List.of(args).subList(3, args.length)) {
      print(name, step(one, name), step(other, name), Double.parseDouble(args[2]));
    }
  }

  private static ClassLoader loader(String jar) throws MalformedURLException {
    URL[] path = {Path.of(jar).toUri().toURL()};
    return new URLClassLoader(path, ClassLoader.getPlatformClassLoader());
  }

  private static Versus step(ClassLoader loader, String name) throws ReflectiveOperationException {
    Class<?> all = loader.loadClass("org.wengert.benchmarks.Workloads");
    String constant = name.toUpperCase(Locale.ROOT);
    Object which = all.getMethod("valueOf", String.class).invoke(null, constant);
    Object workload = all.getMethod("make").invoke(which);
    Class<?> type = loader.loadClass("org.wengert.benchmarks.Workload");
    MethodHandle step = MethodHandles.lookup().unreflect(type.getMethod("step")).bindTo(workload);
    return new Versus(MethodHandleProxies.asInterfaceInstance(DoubleSupplier.class, step));
  }

  private static void print(String name, Versus one, Versus other, double seconds) {
    long now = System.nanoTime();
    for (long end = now + (long) (0.3e9 * seconds); System.nanoTime() < end; ) {
      one.block();
      other.block();
    }
    one.begin();
    other.begin();
    List<Double> ratios = new ArrayList<>();
    now = System.nanoTime();
    for (long end = now + (long) (1e9 * seconds); System.nanoTime() < end; ) {
      boolean first = ratios.size() % 2 == 0;
      double a = first ? one.block() : 0;
      double b = other.block();
      ratios.add(b / (first ? a : one.block()));
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %.4g | %.4g | %.3f | %.3f-%.3f |%n",
        name.toLowerCase(Locale.ROOT),
        part(one.times, 0.5) / 1e3,
        part(other.times, 0.5) / 1e3,
        part(ratios, 0.5),
        part(ratios, 0.25),
        part(ratios, 0.75));
  }

  /// Forgets what was measured while warming up; from now on a block takes some 20 ms.
  private void begin() {
    calls = (int) Math.max(1, BLOCK / Collections.min(times));
    times.clear();
  }

  /// Nanoseconds a call.
  private double block() {
    long start = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      step.getAsDouble();
    }
    double time = (double) (System.nanoTime() - start) / calls;
    times.add(time);
    return time;
  }

  private static double part(List<Double> values, double share) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get((int) (share * (sorted.size() - 1)));
  }
}
