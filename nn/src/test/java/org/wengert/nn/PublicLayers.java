package org.wengert.nn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The layers and losses that users can make.
final class PublicLayers {
  private PublicLayers() {}

  /// Their names, in order.
  static List<String> names() {
    try (Stream<Path> files = Files.list(classes())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".class") && !file.contains("-"))
          .map(file -> loaded(file.substring(0, file.length() - ".class".length())))
          .filter(PublicLayers::isLayerOrLoss)
          .filter(type -> Modifier.isPublic(type.getModifiers()))
          .filter(type -> !Modifier.isAbstract(type.getModifiers()))
          .map(Class::getSimpleName)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Losses of more than two operands have no interface, but a name.
  private static boolean isLayerOrLoss(Class<?> type) {
    boolean named = type.getSimpleName().endsWith("Loss") && !type.isInterface();
    return Layer.class.isAssignableFrom(type) || named;
  }

  private static Path classes() {
    try {
      var root = Module.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(root).resolve("org/wengert/nn");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Class<?> loaded(String name) {
    try {
      return Class.forName("org.wengert.nn." + name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
