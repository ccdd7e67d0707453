package org.wengert.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.Parameter;

/// Models in named modules: each test compiles one beside wengert's own modules and runs it there.
class ClosedPackageTest {
  private static final String NET =
      """
      package app;
      import org.wengert.*;
      import org.wengert.nn.*;
      import org.wengert.nn.Module;
      public final class Net extends Module {
        private final Linear fc1 = new Linear(2, 3);
        private final java.util.random.RandomGenerator random = null;
        public Net(boolean register) {
          if (register) register("fc1", fc1);
        }
        @Override public Variable forward(Variable x) { return fc1.forward(x); }
        public static String names(boolean register) {
          return new Net(register).namedParameters().keySet().toString();
        }
        public static String keys() {
          Module layers = new Sequential(new Conv2d(1, 2, 3), new MaxPool2d(2), new BatchNorm2d(2));
          return copyOf(layers).stateDict().keySet().toString();
        }
        public static String copied() {
          return copyOf(new Net(true)).toString();
        }
      }
      """;

  @TempDir Path directory;

  private static Path home(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private Class<?> compiled(String opens) throws Exception {
    Path source = Files.createDirectories(directory.resolve("source/app"));
    Path net = Files.writeString(source.resolve("Net.java"), NET);
    Path info = source.resolveSibling("module-info.java");
    String requires = "requires org.wengert.nn; exports app;";
    Files.writeString(info, "module app { " + requires + opens + " }");
    Path core = home(Parameter.class);
    Path nn = home(Linear.class);
    Path classes = directory.resolve("classes");
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", classes.toString()));
    arguments.addAll(List.of("--module-path", core + System.getProperty("path.separator") + nn));
    arguments.addAll(List.of(net.toString(), info.toString()));
    int failed =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(System.out, System.err, arguments.toArray(String[]::new));
    assertEquals(0, failed);
    ModuleLayer boot = ModuleLayer.boot();
    ModuleFinder finder = ModuleFinder.of(core, nn, classes);
    Configuration found = boot.configuration().resolve(finder, ModuleFinder.of(), Set.of("app"));
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    return boot.defineModulesWithOneLoader(found, platform).findLoader("app").loadClass("app.Net");
  }

  private static String names(Class<?> net, boolean register) throws Exception {
    return (String) net.getMethod("names", boolean.class).invoke(null, register);
  }

  @Test
  void aClosedPackageIsNamedWithBothWaysOut() throws Exception {
    Class<?> net = compiled("");
    Throwable e = assertThrows(InvocationTargetException.class, () -> names(net, false)).getCause();
    assertEquals(
        "Net.fc1 cannot be read: package app is closed\n"
            + "  hint: write `opens app to org.wengert.nn;` into module-info.java, or call"
            + " register(\"fc1\", ..) in the constructor",
        e.getMessage());
  }

  @Test
  void aClosedPackageWorksIfItsPartsAreRegistered() throws Exception {
    assertEquals("[fc1.weight, fc1.bias]", names(compiled(""), true));
  }

  @Test
  void anOpenPackageWorksByItself() throws Exception {
    Class<?> net = compiled(" opens app to org.wengert.nn;");
    assertEquals("[fc1.weight, fc1.bias]", names(net, false));
    assertEquals(
        "Net(\n  (fc1): Linear(in=2, out=3, bias=true)\n)", net.getMethod("copied").invoke(null));
  }

  @Test
  void layersWithOptionsOfCoreWorkInNamedModules() throws Exception {
    assertEquals(
        "[0.weight, 0.bias, 2.weight, 2.bias, 2.running_mean, 2.running_var,"
            + " 2.num_batches_tracked]",
        compiled("").getMethod("keys").invoke(null));
  }

  @Test
  void aClosedPackageCannotBeCopied() throws Exception {
    Class<?> net = compiled("");
    Throwable e =
        assertThrows(InvocationTargetException.class, () -> net.getMethod("copied").invoke(null))
            .getCause();
    assertEquals(
        "Net.fc1 cannot be read: package app is closed",
        e.getMessage().lines().findFirst().orElseThrow());
  }
}
