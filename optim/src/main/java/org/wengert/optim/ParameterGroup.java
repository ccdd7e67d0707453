package org.wengert.optim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;
import org.wengert.Parameter;
import org.wengert.tensor.OptionException;

/// Parameters that are trained with the same options, so that a head may learn faster than the
/// pretrained layers below it, or biases be spared weight decay. Immutable; the parameters
/// themselves hold their values.
///
/// @param parameters the parameters, at least one
/// @param names of each parameter, under which its state is saved; may be empty strings
/// @param options of all of them
/// @param <O> the optimizer's options
public record ParameterGroup<O extends Options<O>>(
    List<Parameter> parameters, List<String> names, O options) {

  /// A group; the lists are copied.
  ///
  /// @throws OptionException if there is not one name for each parameter
  public ParameterGroup {
    parameters = List.copyOf(parameters);
    names = List.copyOf(names);
    if (parameters.size() != names.size()) {
      throw new OptionException(
              names.size() + " names for the " + parameters.size() + " parameters of a group")
          .hint("give one name for each parameter; it may be empty");
    }
  }

  /// A group of parameters under their own names.
  public static <O extends Options<O>> ParameterGroup<O> of(List<Parameter> parameters, O options) {
    return new ParameterGroup<>(
        parameters, parameters.stream().map(Parameter::name).toList(), options);
  }

  /// A group of parameters under the map's names.
  public static <O extends Options<O>> ParameterGroup<O> of(
      SequencedMap<String, Parameter> named, O options) {
    return new ParameterGroup<>(
        List.copyOf(named.sequencedValues()), List.copyOf(named.sequencedKeySet()), options);
  }

  /// The same parameters with other options.
  public ParameterGroup<O> with(O options) {
    return new ParameterGroup<>(parameters, names, options);
  }

  /// How a message names parameter `i`.
  String described(int i) {
    return names.get(i).isEmpty()
        ? "parameter " + i + " of shape " + parameters.get(i).shape()
        : "parameter '" + names.get(i) + "' of shape " + parameters.get(i).shape();
  }

  /// The groups as a list, made from one required and any number of further ones.
  @SafeVarargs
  @SuppressWarnings("varargs") // handed on to a method that only reads it
  static <O extends Options<O>> List<ParameterGroup<O>> list(
      ParameterGroup<O> first, ParameterGroup<O>... more) {
    List<ParameterGroup<O>> all = new ArrayList<>(List.of(first));
    Collections.addAll(all, more);
    return all;
  }
}
