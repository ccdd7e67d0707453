package org.wengert.nn;

import java.lang.reflect.Field;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.wengert.Parameter;
import org.wengert.StateException;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Stateful;
import org.wengert.tensor.Tensor;

/// A layer with parameters: the base of every model. Holds state: its parameters and buffers, and
/// whether it is training.
///
/// A model is a class with layers and parameters in its fields and a [#forward]:
///
/// ```java
/// import org.wengert.nn.Module; // by name: without it, Module means java.lang.Module
///
/// final class Net extends Module {
///   private final Linear fc1 = new Linear(784, 64);
///   private final Linear fc2 = new Linear(64, 10);
///
///   @Override
///   public Variable forward(Variable x) {
///     return fc2.call(fc1.call(x).relu());
///   }
/// }
/// ```
///
/// `forward` is what you write, [#call] is what you call, as PyTorch's `model(x)`: it runs the
/// hooks, and makes the module a named part of the recorded graph, of errors and of [#summary].
/// Called by `forward`, a module of your own leaves only its layers there. For the layers of this
/// package the two are the same.
///
/// Nothing is registered. Every [Parameter], [Buffer] and module is found in the fields, private
/// and inherited ones too, and in lists, maps, arrays, records and optionals in the fields; in the
/// order of declaration, inherited ones first. Its name is the field's, followed by the position in
/// a list or the key in a map: `fc1.weight`, `layers.0.bias`. What is reachable twice is listed
/// once, under its first name; null is skipped, and so are static fields and what a lambda
/// captures. Refused, for nobody would find them: a variable that wants a gradient but is no
/// [Parameter], and parameters and modules in a layer that is no module, in any other object in a
/// field, or in a set, unless they are found elsewhere. Fields must be open to reflection: a
/// named module says `opens my.pack to org.wengert.nn`.
///
/// A module with several inputs declares its own method for them (around which [#hooked] calls the
/// hooks), and lets `forward(Variable)` throw.
///
/// Several threads may call `forward` at once if the module does not change meanwhile.
///
/// Source: `torch.nn.Module`.
public abstract class Module extends Located implements Stateful, Cloneable {
  private boolean training = true;
  private @Nullable SequencedMap<String, Object> registered;

  /// A module in training mode.
  protected Module() {}

  /// What this module consists of, by name: its fields, then what was registered. Override it to
  /// give other names than those of the fields, as [Sequential] does.
  ///
  /// @throws StateException if a field cannot be read, or two things have one name
  protected SequencedMap<String, ?> members() {
    SequencedMap<String, Object> members = new LinkedHashMap<>();
    SequencedMap<String, Object> extra = registered == null ? new LinkedHashMap<>() : registered;
    Fields fields = Fields.of(getClass());
    for (Field closed : fields.closed()) {
      if (!extra.containsKey(closed.getName())) {
        throw Fields.closed(closed);
      }
    }
    for (Field field : fields.open()) {
      String name = Fields.name(field);
      Object value = name == null ? null : Fields.read(field, this);
      if (name != null && value != null) {
        putNew(members, key(name), value);
      }
    }
    extra.forEach((name, value) -> putNew(members, name, value));
    return members;
  }

  /// The name under which the content of a field is known, by default the field's own.
  String key(String field) {
    return field;
  }

  private static void putNew(Map<String, Object> members, String name, Object value) {
    Object old = members.putIfAbsent(name, value);
    if (old != null && old != value) {
      throw Walk.taken(name);
    }
  }

  /// Adds a parameter that no field holds, and returns it.
  ///
  /// @throws OptionException if the name is empty or has a dot, or the part is null
  /// @throws StateException if the name is registered already
  public final Parameter register(String name, Parameter parameter) {
    addNamed(name, parameter);
    return parameter;
  }

  /// Adds a buffer that no field holds, and returns it.
  ///
  /// @throws OptionException if the name is empty or has a dot, or the part is null
  /// @throws StateException if the name is registered already
  public final Buffer register(String name, Buffer buffer) {
    addNamed(name, buffer);
    return buffer;
  }

  /// Adds a module that no field holds, and returns it.
  ///
  /// @throws OptionException if the name is empty or has a dot, or the part is null
  /// @throws StateException if the name is registered already
  public final <M extends Module> M register(String name, M module) {
    addNamed(name, module);
    return module;
  }

  private void addNamed(String name, @Nullable Object value) {
    Object part = Named.requirePart(name, value);
    Named.requireName(name);
    if (registered == null) {
      registered = new LinkedHashMap<>();
    }
    putNew(registered, name, part);
  }

  /// Every parameter, once, in the order of declaration: what an optimizer gets. Each is named by
  /// its path, as by [#namedParameters].
  public final List<Parameter> parameters() {
    return List.copyOf(namedParameters().values());
  }

  /// Every parameter under its path from this module, such as `fc1.weight`. The parameters
  /// themselves are named so, too, and errors show these names. Drawings show them even if nobody
  /// has asked, as far as modules were called by [#call] or are layers of a [Sequential].
  ///
  /// Nothing but this and [#parameters] gives names, and whatever was asked before, the names are
  /// those from the module that is asked: an optimizer, which keeps the names that it finds when it
  /// is made, has the same keys for the same line of code.
  public final SequencedMap<String, Parameter> namedParameters() {
    return Collections.unmodifiableSequencedMap(Walk.of(this).namedParameters());
  }

  /// Every buffer, once.
  public final List<Buffer> buffers() {
    return List.copyOf(Walk.of(this).buffers().values());
  }

  /// Every buffer under its path.
  public final SequencedMap<String, Buffer> namedBuffers() {
    return Collections.unmodifiableSequencedMap(Walk.of(this).buffers());
  }

  /// This module under the empty path, and every module below it under its own, outer ones first.
  public final SequencedMap<String, Module> namedModules() {
    return Collections.unmodifiableSequencedMap(Walk.of(this).modules());
  }

  /// The modules directly below this one, each once, in the order of declaration.
  public final List<Module> children() {
    return Parts.of(this).stream()
        .map(Parts.Part::value)
        .filter(Module.class::isInstance)
        .map(Module.class::cast)
        .distinct()
        .toList();
  }

  /// Switches this module and all below it to training, where dropout drops; the state at the
  /// start.
  public final Module train() {
    return train(true);
  }

  /// Switches this module and all below it to evaluation, where every input has one output.
  public final Module eval() {
    return train(false);
  }

  /// Switches this module and all below it to training or evaluation, and returns this module.
  public final Module train(boolean training) {
    Walk.of(this).modules().values().forEach(module -> module.training = training);
    return this;
  }

  /// Whether this module is training.
  public final boolean isTraining() {
    return training;
  }

  /// Switches this module alone.
  final void training(boolean training) {
    this.training = training;
  }

  /// Freezes all parameters (`false`), so that no optimizer changes them and operations on them are
  /// not recorded, or thaws them, and returns this module. PyTorch's `requires_grad_`.
  public final Module requiresGrad(boolean requiresGrad) {
    Walk.of(this).parameters().values().forEach(p -> p.requiresGrad(requiresGrad));
    return this;
  }

  /// Forgets the gradients of all parameters.
  public final void zeroGrad() {
    Walk.of(this).parameters().values().forEach(Parameter::zeroGrad);
  }

  /// Converts all parameters and floating buffers to another floating type, in place, and returns
  /// this module. Gradients are forgotten.
  ///
  /// @throws DTypeException if the type is not floating
  public final Module to(DType type) {
    if (!type.isFloating()) {
      throw new DTypeException("parameters of type " + type + " could not be trained")
          .hint("use FLOAT32 or FLOAT64");
    }
    Walk walk = Walk.of(this);
    walk.parameters().values().forEach(parameter -> parameter.convert(type));
    walk.buffers().values().forEach(buffer -> buffer.convert(type));
    return this;
  }

  /// Copies of all parameters and buffers under their paths, which are PyTorch's keys. What is
  /// shared (tied weights) is there once, under its first path, as in safetensors files.
  @Override
  public final SequencedMap<String, Tensor> stateDict() {
    return StateDict.of(this);
  }

  /// Assigns all parameters and buffers from `state`, whose keys, shapes and types must be exactly
  /// those of [#stateDict]. If they are not, nothing is changed. What is shared may be there under
  /// any of its paths, or under all with the same numbers, as PyTorch saves it.
  ///
  /// @throws StateException with a table of the keys that do not match
  @Override
  public final void loadStateDict(Map<String, Tensor> state) {
    loadStateDict(state, true);
  }

  /// Assigns those parameters and buffers from `state` whose key, shape and type match, and returns
  /// what did not.
  ///
  /// @param strict whether anything that does not match is an error, and nothing is changed
  /// @throws StateException if strict, with a table of the keys that do not match
  public final StateMismatch loadStateDict(Map<String, Tensor> state, boolean strict) {
    return StateDict.load(this, state, strict);
  }

  /// The states of the random generators that layers have of their own, such as `dropout.random`:
  /// a part of a checkpoint beside the model, `with("generators", model.generators())`, so that
  /// training goes on with the same bits. [#stateDict] does not have them, as it has PyTorch's
  /// keys; layers without a generator of their own draw from the thread's, which is saved as
  /// `with("random", Rng.current())`.
  ///
  /// @throws StateException if a layer has a generator that is no [org.wengert.tensor.Rng]
  public final Stateful generators() {
    return new Generators(this);
  }

  /// A deep copy that shares nothing with this module that training could change; see [#copyOf].
  public Module copy() {
    return copyOf(this);
  }

  /// A deep copy of a module, independent of it: parameters, buffers and modules are copied, with
  /// the lists, maps (keys and values), arrays, records, lambdas and atomic references that lead to
  /// them, and what was shared inside the module (tied weights) is shared inside the copy.
  /// Gradients are not copied, and a recorded variable in a field is detached. The copy has no
  /// hooks. Other objects are shared; one with a layer in its fields is refused, for it would lead
  /// the copy back to the original.
  ///
  /// Works for every subclass, without calling its constructor.
  ///
  /// @throws StateException if a field cannot be copied or replaced, with the reason
  public static <M extends Module> M copyOf(M module) {
    return Copier.copy(module);
  }

  /// The fields as they are, in a new object.
  final Module shallowCopy() {
    try {
      Module clone = (Module) super.clone();
      clone.withoutHooks();
      return clone;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  /// Replaces what was registered; part of making a copy.
  final void adopt(UnaryOperator<Object> replacement) {
    if (registered != null) {
      SequencedMap<String, Object> replaced = new LinkedHashMap<>();
      registered.forEach((name, value) -> replaced.put(name, replacement.apply(value)));
      registered = replaced;
    }
  }

  /// What distinguishes this module from others of its class, such as `in=784, out=64`, for
  /// [#toString]. PyTorch's `extra_repr`.
  protected String settings() {
    return "";
  }

  /// A table of all layers with the shapes of their outputs and their numbers of parameters and
  /// multiply-adds, from a run on zeros of the first parameter's type (else `FLOAT32`), in
  /// evaluation mode, unrecorded.
  /// What each layer of this package, each layer in a [Sequential], and each module that was called
  /// by [#call] returned is known; another module of your own shows `-`, as its last line says, and
  /// what it computes counts for the one around it.
  ///
  /// Multiply-adds ([org.wengert.Op#multiplyAdds]) are counted for the whole input, all samples of
  /// the batch, of matrix products, convolutions, attention and recurrent layers; biases, functions
  /// of single numbers, poolings and norms count nothing. A backward pass takes about twice as
  /// many. The last line is what training holds at least: the parameters, all results, and the
  /// gradients of both, of which a backward pass keeps but a part at a time; to which come what
  /// layers note for their derivatives, and the state of the optimizer.
  ///
  /// @param input the shape of the input, with the batch axis
  public final String summary(Shape input) {
    var parameters = Walk.of(this).parameters().values();
    DType type = parameters.stream().findFirst().map(Variable::dtype).orElse(DType.FLOAT32);
    return summary(Variable.constant(Tensor.zeros(input, type)));
  }

  /// As [#summary(Shape)], from a run on the given input.
  public final String summary(Variable input) {
    return Summary.of(this, input);
  }

  /// A tree of the modules with their names and settings, as PyTorch prints it.
  @Override
  public String toString() {
    return ModuleText.tree(this);
  }
}
