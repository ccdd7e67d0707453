package org.wengert.nn;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.wengert.Parameter;
import org.wengert.StateException;
import org.wengert.Step;
import org.wengert.tensor.Rng;

/// One deep copy. Everything is copied once, so that what was shared is shared in the copy, and
/// cycles close.
///
/// Modules are cloned (which needs no constructor) and their fields replaced. Records and lambdas,
/// whose fields nobody can replace, are made anew through their constructor, which takes the fields
/// in their order: records by definition, lambdas as the JDK makes them today; should it change,
/// copying such a lambda fails with an error.
///
/// The fields of a cloned module are replaced later, in a loop over a queue: the depth of a model
/// does not matter.
final class Copier {
  private final IdentityHashMap<Object, Object> copies = new IdentityHashMap<>();

  private final Queue<Module> unfinished = new ArrayDeque<>();

  /// The field that is copied, for errors.
  private String place = "";

  private Copier() {}

  @SuppressWarnings("unchecked") // a clone has the class of its original
  static <M extends Module> M copy(M root) {
    Copier copier = new Copier();
    M copy = (M) copier.copyOf((Object) root);
    for (Module next = copier.unfinished.poll(); next != null; next = copier.unfinished.poll()) {
      copier.replaceFields(next);
    }
    return copy;
  }

  /// The copy of a value, or the value itself if there is nothing to copy in it.
  Object copyOf(Object value) {
    Object known = copies.get(value);
    if (known != null) {
      return known;
    }
    return switch (value) {
      case Module m -> copyModule(m);
      case Parameter p -> remember(p, copyParameter(p));
      case Buffer b -> remember(b, new Buffer(b.value()));
      case Rng rng -> remember(rng, new Rng(rng.state()));
      case Step step -> remember(step, step.detach());
      case Collection<?> list -> new CollectionCopier(this).copy(list);
      case Optional<?> optional -> optional.<Object>map(this::copyOf);
      case Map<?, ?> map -> new CollectionCopier(this).copy(map);
      case Record fields -> rebuild(fields);
      case AtomicReference<?> reference -> copyReference(reference);
      case Object lambda when lambda.getClass().isHidden() -> rebuild(lambda);
      case Layer layer -> requireEmpty(layer);
      default -> value.getClass().isArray() ? copyArray(value) : shared(value);
    };
  }

  /// The copy of a value that may be null.
  @Nullable Object copyOfNullable(@Nullable Object value) {
    return value == null ? null : copyOf(value);
  }

  /// Notes a copy before what is inside is copied, so that cycles find it.
  <T> T remember(Object original, T copy) {
    copies.put(original, copy);
    return copy;
  }

  private static Parameter copyParameter(Parameter p) {
    return new Parameter(p.value()).named(p.name()).requiresGrad(p.requiresGrad());
  }

  private Module copyModule(Module original) {
    Fields fields = Fields.of(original.getClass());
    for (Field closed : fields.closed()) {
      throw Fields.closed(closed);
    }
    Module copy = remember(original, original.shallowCopy());
    unfinished.add(copy);
    return copy;
  }

  /// Replaces what the fields of a clone still share with its original.
  private void replaceFields(Module copy) {
    copy.relocated(copies);
    copy.adopt(this::copyOf);
    for (Field field : Fields.of(copy.getClass()).open()) {
      Object value = field.getType().isPrimitive() ? null : Fields.read(field, copy);
      if (value != null) {
        replace(field, copy, value);
      }
    }
  }

  private void replace(Field field, Module copy, Object value) {
    place = field.getDeclaringClass().getSimpleName() + "." + field.getName();
    boolean outer = Fields.name(field) == null;
    Object replaced = outer ? copies.getOrDefault(value, value) : copyOf(value);
    if (replaced == value) {
      return;
    }
    if (!field.getType().isInstance(replaced)) {
      throw uncopied(value);
    }
    try {
      field.set(copy, replaced);
    } catch (IllegalAccessException e) {
      throw uncopied(value);
    }
  }

  private StateException uncopied(Object value) {
    return new StateException(
            place + " holds a " + value.getClass().getSimpleName() + ", which cannot be copied")
        .hint("declare it as List, Map or Variable, or use java.util's own collections");
  }

  private Object copyReference(AtomicReference<?> original) {
    AtomicReference<@Nullable Object> copy =
        remember(original, new AtomicReference<@Nullable Object>());
    copy.set(copyOfNullable(original.get()));
    return copy;
  }

  /// An object that the copy has, too. One that leads to a layer would lead the copy to a layer of
  /// the original.
  private Object shared(Object value) {
    Object part = Fields.partIn(value, true);
    if (part != null) {
      throw new StateException(place + Fields.holding(value, part) + ", and cannot be copied")
          .hint("write it as a lambda, a record or a Module, or as a method of the module");
    }
    return value;
  }

  private Object copyArray(Object original) {
    int length = Array.getLength(original);
    Object copy = Array.newInstance(original.getClass().getComponentType(), length);
    remember(original, copy);
    if (original instanceof Object[] values) {
      for (int i = 0; i < length; i++) {
        Array.set(copy, i, copyOfNullable(values[i]));
      }
    } else {
      System.arraycopy(original, 0, copy, 0, length);
    }
    return copy;
  }

  /// A record or lambda with the copies of its contents; itself if nothing in it was copied.
  private Object rebuild(Object original) {
    Field[] fields = Fields.of(original.getClass()).open().toArray(new Field[0]);
    @Nullable Object[] contents = new Object[fields.length];
    Class<?>[] types = new Class<?>[fields.length];
    boolean changed = false;
    for (int i = 0; i < fields.length; i++) {
      Object old = Fields.read(fields[i], original);
      types[i] = fields[i].getType();
      contents[i] = copyOfNullable(old);
      changed |= !types[i].isPrimitive() && contents[i] != old;
    }
    return changed ? remember(original, construct(original, types, contents)) : original;
  }

  private static Object construct(Object original, Class<?>[] types, @Nullable Object[] contents) {
    try {
      Constructor<?> constructor = original.getClass().getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(contents);
    } catch (ReflectiveOperationException | RuntimeException e) {
      StateException error =
          new StateException(
              original.getClass().getSimpleName() + " holds layers and cannot be made anew");
      error.addSuppressed(e);
      throw error.hint("write it as a Module with the layers in its fields");
    }
  }

  /// A layer that is an ordinary object can be neither copied nor, if it holds parameters, shared.
  private static Layer requireEmpty(Layer layer) {
    Fields.requireNothingIn(layer, true, "it cannot be copied");
    return layer;
  }
}
