package org.wengert.optim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.wengert.Parameter;
import org.wengert.StateCheck;
import org.wengert.backend.CompiledUpdate;
import org.wengert.backend.Kernel;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Stateful;
import org.wengert.tensor.Tensor;

/// An average of parameters over training, which usually generalizes better than the last values,
/// since it lies in the middle of what the noise of the batches moves them about in. Holds state:
/// the averages and how often [#update] was called.
///
/// ```
/// WeightAverage average = WeightAverage.ema(model.parameters(), 0.999);
/// for (Batch batch : batches) {
///   optimizer.step(() -> criterion(model.call(batch.x()), batch.y()));
///   average.update();
/// }
/// double score = average.during(() -> test(model));
/// ```
///
/// The first update copies the parameters; after that, with `n` updates before,
///
/// ```
/// a ← a + (w - a) / (n + 1)          (swa: every update counts the same)
/// a ← d a + (1 - d) w                (ema: counts less the older it is)
/// ```
///
/// An average has the type of its parameter, also after that is converted. Only parameters are
/// averaged. Running statistics, as of batch norm, belong to the last weights:
/// after [#assign], run the training data through the model once more in training mode.
///
/// Not thread-safe.
///
/// Source: Izmailov et al., Averaging weights leads to wider optima and better generalization
/// (2018); `torch.optim.swa_utils.AveragedModel`.
public final class WeightAverage implements Stateful {
  private static final String COUNT = "nAveraged";

  /// The average goes a share of the way to the parameter, which stands in the gradient's place.
  private static final Kernel MOVE =
      Kernel.of(Terms.GRADIENT.sub(Terms.WEIGHT).fma(Terms.number(0), Terms.WEIGHT));

  private final List<Parameter> parameters;
  private final List<Parameter> averages;
  private final List<String> keys;
  private final double decay;
  private long updates;

  private WeightAverage(List<Parameter> parameters, double decay) {
    if (parameters.isEmpty()) {
      throw new OptionException("a WeightAverage got an empty parameter list")
          .hint("pass model.parameters()");
    }
    this.parameters = List.copyOf(parameters);
    this.averages = parameters.stream().map(p -> new Parameter(p.value())).toList();
    List<String> names = parameters.stream().map(Parameter::name).toList();
    this.keys = StateKeys.unique(names).stream().map(key -> "average/" + key).toList();
    this.decay = decay;
  }

  /// The mean of all updates, for a constant or cyclic learning rate at the end of training; see
  /// [SWALR].
  ///
  /// @throws OptionException if the list is empty
  public static WeightAverage swa(List<Parameter> parameters) {
    return new WeightAverage(parameters, Double.NaN);
  }

  /// The exponential moving average, for use after every step.
  ///
  /// @param decay share of the average that stays, usually 0.99 to 0.9999; PyTorch's default is
  ///     0.999
  /// @throws OptionException if the list is empty or the decay is not in `[0, 1)`
  public static WeightAverage ema(List<Parameter> parameters, double decay) {
    boolean holds = decay >= 0 && decay < 1;
    String example = "WeightAverage.ema(model.parameters(), 0.999)";
    Domain.require(holds, "ema", "decay", decay, "at least 0 and below 1", example);
    return new WeightAverage(parameters, decay);
  }

  /// Takes in the present values of the parameters.
  public void update() {
    double share = updates == 0 ? 1 : Double.isNaN(decay) ? 1.0 / (updates + 1) : 1 - decay;
    List<Parameter> averages = averages();
    for (int i = 0; i < averages.size(); i++) {
      Tensor value = parameters.get(i).value();
      if (share == 1) {
        averages.get(i).assign(value);
      } else {
        averages.get(i).update(new CompiledUpdate(MOVE, share), value);
      }
    }
    updates++;
  }

  /// How often [#update] was called.
  public long updates() {
    return updates;
  }

  /// Copies of the averages, in the order of the parameters; before the first update, the values
  /// that the parameters had at the beginning.
  public List<Tensor> values() {
    return averages().stream().map(average -> average.value().copy()).toList();
  }

  /// Writes the averages into the parameters, for good.
  public void assign() {
    write(values());
  }

  private void write(List<Tensor> values) {
    for (int i = 0; i < parameters.size(); i++) {
      parameters.get(i).assign(values.get(i));
    }
  }

  /// The result of `body`, computed while the parameters have the values of the averages;
  /// afterwards they have their own again, also if it fails.
  public <T> T during(Supplier<T> body) {
    List<Tensor> own = parameters.stream().map(parameter -> parameter.value().copy()).toList();
    try {
      assign();
      return body.get();
    } finally {
      write(own);
    }
  }

  /// The number of updates, and the averages under the names that the parameters had when the
  /// average was made, or their positions if those are not unique. The tensors are copies.
  @Override
  @SuppressWarnings("NonApiType") // the type promises an order and lets callers change it
  public LinkedHashMap<String, Tensor> stateDict() {
    LinkedHashMap<String, Tensor> state = new LinkedHashMap<>();
    state.put(COUNT, Tensor.of(updates));
    List<Parameter> averages = averages();
    for (int i = 0; i < keys.size(); i++) {
      state.put(keys.get(i), averages.get(i).value().copy());
    }
    return state;
  }

  /// Restores what [#stateDict] gave. Everything is checked before anything is changed.
  ///
  /// @throws org.wengert.StateException if an entry is missing, unexpected, or of another shape or
  ///     type; the message lists them all
  @Override
  public void loadStateDict(Map<String, Tensor> state) {
    StateCheck check =
        new StateCheck("WeightAverage.loadStateDict", state, GroupedOptimizer.STATE_HINT);
    check.expectCount(COUNT);
    for (int i = 0; i < keys.size(); i++) {
      check.expect(keys.get(i), parameters.get(i).dtype(), parameters.get(i).shape());
    }
    check.throwIfWrong(true);
    updates = StateCheck.require(state, COUNT).longAt();
    List<Parameter> averages = averages();
    for (int i = 0; i < keys.size(); i++) {
      averages.get(i).assign(StateCheck.require(state, keys.get(i)));
    }
  }

  /// The averages in the present types of their parameters, which `model.to(type)` changes.
  private List<Parameter> averages() {
    for (int i = 0; i < averages.size(); i++) {
      averages.get(i).convert(parameters.get(i).dtype());
    }
    return averages;
  }
}
