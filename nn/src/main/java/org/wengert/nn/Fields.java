package org.wengert.nn;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.wengert.Leaf;
import org.wengert.Parameter;
import org.wengert.StateException;
import org.wengert.Variable;

/// The instance fields of one class, inherited ones first, each class's in the order of its source
/// (which the JDK keeps, though it does not promise to). Looked up once for each class.
///
/// Immutable and thread-safe.
final class Fields {
  private static final ClassValue<Fields> CACHE =
      new ClassValue<>() {
        @Override
        protected Fields computeValue(Class<?> type) {
          return new Fields(type);
        }
      };

  private final List<Field> open = new ArrayList<>();
  private final List<Field> closed = new ArrayList<>();

  private Fields(Class<?> type) {
    List<Class<?>> lineage = new ArrayList<>();
    for (Class<?> c = type; c != null && c != Module.class && c != Object.class; ) {
      lineage.addFirst(c);
      c = c.getSuperclass();
    }
    for (Class<?> c : lineage) {
      for (Field field : c.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          if (field.trySetAccessible()) {
            open.add(field);
          } else if (isDeclaredToHold(field.getType())) {
            closed.add(field);
          }
        }
      }
    }
  }

  static Fields of(Class<?> type) {
    return CACHE.get(type);
  }

  /// The fields that can be read.
  List<Field> open() {
    return open;
  }

  /// The fields that cannot be read, but by their type should have been.
  List<Field> closed() {
    return closed;
  }

  /// What the field contains.
  static @Nullable Object read(Field field, Object owner) {
    try {
      return field.get(owner);
    } catch (IllegalAccessException e) {
      throw closed(field);
    }
  }

  /// The name under which a field's content is known: a variable that an anonymous class captured
  /// keeps its own name; null for a reference to the surrounding object.
  static @Nullable String name(Field field) {
    if (!field.isSynthetic()) {
      return field.getName();
    }
    return field.getName().startsWith("val$") ? field.getName().substring(4) : null;
  }

  /// The error for a field that reflection may not touch.
  static StateException closed(Field field) {
    Class<?> owner = field.getDeclaringClass();
    String place = owner.getSimpleName() + "." + field.getName();
    return new StateException(
            place + " cannot be read: package " + owner.getPackageName() + " is closed")
        .hint(
            "write `opens "
                + owner.getPackageName()
                + " to org.wengert.nn;` into module-info.java, or call register(\""
                + field.getName()
                + "\", ..) in the constructor");
  }

  /// Refuses a layer that is an ordinary object with parameters or modules in its fields, where
  /// nobody would look for them.
  ///
  /// @param all whether to refuse what an anonymous class captured and layers of any kind, too
  /// @param consequence what the error says about it
  static void requireNothingIn(Layer layer, boolean all, String consequence) {
    Object value = partIn(layer, all);
    if (value != null) {
      throw new StateException(
              layer.getClass().getName()
                  + " holds a "
                  + value.getClass().getSimpleName()
                  + " but is no Module, so "
                  + consequence)
          .hint("let it extend Module instead of implementing Layer; then its parts are found");
    }
  }

  /// A parameter, buffer or module in the fields of an ordinary object; null if there is none.
  ///
  /// @param all as above
  static @Nullable Object partIn(Object holder, boolean all) {
    if (holder instanceof AtomicReference<?> reference) {
      return isPart(reference.get(), all) ? reference.get() : null;
    }
    if (holder instanceof Variable || (holder.getClass().isHidden() && !all)) {
      return null; // a recorded variable is no place for parts, and lambdas may hold what they like
    }
    for (Field field : of(holder.getClass()).open()) {
      boolean skipped = field.getType().isPrimitive() || (field.isSynthetic() && !all);
      Object value = skipped ? null : read(field, holder);
      if (isPart(value, all)) {
        return value;
      }
    }
    return null;
  }

  private static boolean isPart(@Nullable Object value, boolean all) {
    return value instanceof Parameter
        || value instanceof Buffer
        || value instanceof Module
        || (all && value instanceof Layer);
  }

  /// What an object is and holds, for errors.
  static String holding(Object holder, Object part) {
    Class<?> type = holder.getClass();
    String kind = type.isAnonymousClass() ? "an anonymous class" : "class " + type.getSimpleName();
    return ", of " + kind + ", holds a " + part.getClass().getSimpleName();
  }

  private static boolean isDeclaredToHold(Class<?> type) {
    return type.isArray()
        ? isDeclaredToHold(type.getComponentType())
        : type.isRecord()
            || type == Parameter.class
            || type == Buffer.class
            || type == Variable.class
            || type == Leaf.class
            || type == Optional.class
            || Layer.class.isAssignableFrom(type)
            || Collection.class.isAssignableFrom(type)
            || Map.class.isAssignableFrom(type);
  }
}
