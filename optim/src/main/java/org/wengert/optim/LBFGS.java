package org.wengert.optim;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.wengert.Parameter;
import org.wengert.StateCheck;
import org.wengert.StateException;
import org.wengert.Variable;
import org.wengert.optim.StrongWolfe.LinePoint;
import org.wengert.tensor.Tensor;

/// Newton's method without second derivatives: they are estimated from the changes of the gradient
/// over the last steps. For smooth losses of whole batches it needs far fewer steps than descent.
///
/// ```
/// w ← w + t d,   d = -H g,   H from the pairs  s = Δw,  y = Δg  of the last steps
/// ```
///
/// One call of [#step(Supplier)] makes up to `maxIter` such moves and evaluates the loss up to
/// `maxEval` times, fewer if gradient or change become small. Without line search `t` is the
/// learning rate (in the very first move at most `η/Σ|g|`); with `strongWolfe` it is where the loss
/// is low and flat enough, which is what makes the method dependable:
///
/// ```
/// LBFGS optimizer = new LBFGS(parameters, LBFGS.Options.defaults().strongWolfe(true));
/// for (int i = 0; i < 20; i++) {
///   Variable loss = optimizer.step(() -> criterion(model.call(x), y));
/// }
/// ```
///
/// All parameters are one vector, so there is one group; computed in `double`, rounded to the
/// parameters' type when stored. State: `nIter`, `funcEvals`, `d`, `t`, `prevFlatGrad`, `prevLoss`,
/// `hDiag`, and a row per remembered step of `oldDirs` (`y`) and `oldStps` (`s`). Holds state, not
/// thread-safe.
///
/// Source: Liu, Nocedal, On the limited memory BFGS method for large scale optimization (1989);
/// `torch.optim.LBFGS`.
public final class LBFGS extends GroupedOptimizer<LBFGS.Options> {
  private LbfgsMemory memory;

  /// An optimizer with PyTorch's defaults.
  public LBFGS(List<Parameter> parameters) {
    this(parameters, Options.defaults());
  }

  /// An optimizer with PyTorch's defaults but for the learning rate.
  public LBFGS(List<Parameter> parameters, double learningRate) {
    this(parameters, Options.defaults().learningRate(learningRate));
  }

  /// An optimizer of parameters under their own names.
  ///
  /// @throws org.wengert.tensor.OptionException if the list is empty or a parameter comes twice
  public LBFGS(List<Parameter> parameters, Options options) {
    super(List.of(ParameterGroup.of(parameters, options)));
    memory = new LbfgsMemory(Flat.size(parameters));
  }

  /// Not possible: the loss is needed more than once in a step.
  ///
  /// @throws StateException always; call [#step(Supplier)]
  @Override
  public void step() {
    throw new StateException("LBFGS.step() cannot compute the loss, which it needs more than once")
        .hint("write optimizer.step(() -> criterion(model.call(x), y))");
  }

  /// Moves up to `maxIter` times; the loss is computed up to `maxEval` times, or a few more if that
  /// is reached within a line search. Frozen parameters, and those the loss does not reach, stay.
  /// If the closure fails, all is as it was before the step.
  @Override
  public Variable step(Supplier<Variable> closure) {
    List<Parameter> parameters = parameters();
    List<Tensor> values = parameters.stream().map(p -> p.value().copy()).toList();
    LbfgsMemory before = memory.copy();
    try {
      return move(closure);
    } catch (RuntimeException | Error e) {
      for (int i = 0; i < values.size(); i++) {
        parameters.get(i).assign(values.get(i));
      }
      memory = before;
      throw e;
    }
  }

  private Variable move(Supplier<Variable> closure) {
    Options o = options(0);
    long most = memory.evaluations + o.maxEval;
    Variable first = evaluate(closure);
    LinePoint now = point(0, first);
    boolean done = isFlat(now);
    for (int move = 1; !done && move <= o.maxIter; move++) {
      double slope = aim(now);
      if (slope > -o.toleranceChange) {
        break;
      }
      LinePoint start = new LinePoint(0, now.loss(), now.gradient(), slope);
      now = go(closure, start, move == o.maxIter);
      done = isFlat(now) || memory.evaluations >= most || hasSettled(now);
    }
    return first;
  }

  private Variable evaluate(Supplier<Variable> closure) {
    Variable loss = LossClosure.evaluate(this, closure);
    memory.evaluations++;
    if (parameters().stream().noneMatch(GroupedOptimizer::moves)) {
      throw nothingToDo();
    }
    return loss;
  }

  private LinePoint point(double t, Variable loss) {
    double sign = options(0).maximize ? -1 : 1;
    double[] gradient = Flat.gradients(parameters(), sign);
    return new LinePoint(t, sign * loss.item(), gradient, Flat.dot(gradient, memory.direction));
  }

  private boolean isFlat(LinePoint now) {
    return Flat.largest(now.gradient()) <= options(0).toleranceGrad;
  }

  private boolean hasSettled(LinePoint now) {
    double least = options(0).toleranceChange;
    return memory.distance * Flat.largest(memory.direction) <= least
        || Math.abs(now.loss() - memory.lossBefore) < least;
  }

  /// Learns from the last move, chooses direction and distance of the next one, and returns the
  /// slope in that direction.
  private double aim(LinePoint now) {
    Options o = options(0);
    double[] gradient = now.gradient();
    if (memory.moves > 0) {
      double[] move = new double[gradient.length];
      Flat.add(move, memory.distance, memory.direction);
      double[] change = gradient.clone();
      Flat.add(change, -1, memory.gradientBefore);
      memory.history.add(move, change, o.historySize);
    }
    memory.direction = memory.history.direction(gradient);
    Flat.clearFrozen(parameters(), memory.direction);
    double first = Math.min(1, 1 / Flat.sumOfMagnitudes(gradient));
    memory.distance = memory.moves == 0 ? first * o.learningRate : o.learningRate;
    memory.moves++;
    memory.gradientBefore = gradient;
    memory.lossBefore = now.loss();
    return Flat.dot(gradient, memory.direction);
  }

  /// Moves along the direction. After the `last` move the loss is not computed, since the next step
  /// begins with that.
  private LinePoint go(Supplier<Variable> closure, LinePoint start, boolean last) {
    Options o = options(0);
    List<Parameter> parameters = parameters();
    double[] from = Flat.values(parameters);
    StrongWolfe.Line line =
        t -> {
          Flat.assign(parameters, from, t, memory.direction);
          return point(t, evaluate(closure));
        };
    if (!o.strongWolfe && !last) {
      return line.at(memory.distance);
    }
    LinePoint found = start;
    if (o.strongWolfe) {
      double width = Flat.largest(memory.direction);
      found = new StrongWolfe(line, start, o.curvature, width).search(memory.distance);
      memory.distance = found.t();
    }
    Flat.assign(parameters, from, memory.distance, memory.direction);
    return found;
  }

  @Override
  void saveMemory(Map<String, Tensor> state) {
    memory.save(state);
  }

  @Override
  void loadMemory(
      List<ParameterGroup<Options>> groups, Map<String, Tensor> state, StateCheck check) {
    memory.expect(check, state, groups.getFirst().options().historySize);
    check.throwIfWrong(true);
    memory = LbfgsMemory.load(state);
  }

  /// The options of [LBFGS], PyTorch's by default. Immutable.
  ///
  /// @param learningRate factor of the step; the first distance that a line search tries; by
  /// default 1
  /// @param maxIter the largest number of moves in a step; by default 20
  /// @param maxEval the number of evaluations after which a step makes no further move; by default
  /// 25
  /// @param toleranceGrad magnitude of the largest derivative at which a step ends; by default 1e-7
  /// @param toleranceChange change of the parameters or of the loss at which a step ends; by
  /// default 1e-9
  /// @param historySize how many moves are remembered; by default 100
  /// @param strongWolfe whether to search along the line for a low and flat point; by default false
  /// @param curvature how flat: the share of the slope that may be left; small values make the
  /// search exact; by default 0.9
  /// @param maximize whether to climb instead of descend; by default false
  public record Options(
      double learningRate,
      int maxIter,
      int maxEval,
      double toleranceGrad,
      double toleranceChange,
      int historySize,
      boolean strongWolfe,
      double curvature,
      boolean maximize)
      implements org.wengert.optim.Options<Options> {
    /// Checks that every option is in its domain.
    ///
    /// @throws org.wengert.tensor.OptionException if one is not
    public Options {
      Domain.nonNegative("LBFGS", "learningRate", learningRate, 1);
      Domain.atLeastOne(
          "LBFGS", "maxIter", maxIter, "for example LBFGS.Options.defaults().maxIter(20)");
      Domain.atLeastOne(
          "LBFGS", "maxEval", maxEval, "for example LBFGS.Options.defaults().maxEval(25)");
      Domain.nonNegative("LBFGS", "toleranceGrad", toleranceGrad, 1e-7);
      Domain.nonNegative("LBFGS", "toleranceChange", toleranceChange, 1e-9);
      Domain.atLeastOne(
          "LBFGS",
          "historySize",
          historySize,
          "for example LBFGS.Options.defaults().historySize(100)");
      Domain.decay("LBFGS", "curvature", curvature, 0.9);
    }

    /// PyTorch's defaults.
    public static Options defaults() {
      return new Options(1, 20, 25, 1e-7, 1e-9, 100, false, 0.9, false);
    }

    /// The same with another `learningRate`: factor of the step; the first distance that a line
    /// search tries.
    @Override
    public Options learningRate(double learningRate) {
      return new Options(
          learningRate,
          maxIter,
          maxEval,
          toleranceGrad,
          toleranceChange,
          historySize,
          strongWolfe,
          curvature,
          maximize);
    }

    /// The same with another `maxIter`, the largest number of moves in a step, and with a quarter
    /// more for `maxEval`.
    public Options maxIter(int maxIter) {
      return new Options(
          learningRate,
          maxIter,
          Math.max(1, maxIter + maxIter / 4),
          toleranceGrad,
          toleranceChange,
          historySize,
          strongWolfe,
          curvature,
          maximize);
    }

    /// The same with another `maxEval`: the number of evaluations after which a step makes no
    /// further move.
    public Options maxEval(int maxEval) {
      return new Options(
          learningRate,
          maxIter,
          maxEval,
          toleranceGrad,
          toleranceChange,
          historySize,
          strongWolfe,
          curvature,
          maximize);
    }

    /// The same with another `toleranceGrad`: magnitude of the largest derivative at which a step
    /// ends.
    public Options toleranceGrad(double toleranceGrad) {
      return new Options(
          learningRate,
          maxIter,
          maxEval,
          toleranceGrad,
          toleranceChange,
          historySize,
          strongWolfe,
          curvature,
          maximize);
    }

    /// The same with another `toleranceChange`: change of the parameters or of the loss at which a
    /// step ends.
    public Options toleranceChange(double toleranceChange) {
      return new Options(
          learningRate,
          maxIter,
          maxEval,
          toleranceGrad,
          toleranceChange,
          historySize,
          strongWolfe,
          curvature,
          maximize);
    }

    /// The same with another `historySize`: how many moves are remembered.
    public Options historySize(int historySize) {
      return new Options(
          learningRate,
          maxIter,
          maxEval,
          toleranceGrad,
          toleranceChange,
          historySize,
          strongWolfe,
          curvature,
          maximize);
    }

    /// The same with another `strongWolfe`: whether to search along the line for a low and flat
    /// point.
    public Options strongWolfe(boolean strongWolfe) {
      return new Options(
          learningRate,
          maxIter,
          maxEval,
          toleranceGrad,
          toleranceChange,
          historySize,
          strongWolfe,
          curvature,
          maximize);
    }

    /// The same with another `curvature`: how flat: the share of the slope that may be left; small
    /// values make the search exact.
    public Options curvature(double curvature) {
      return new Options(
          learningRate,
          maxIter,
          maxEval,
          toleranceGrad,
          toleranceChange,
          historySize,
          strongWolfe,
          curvature,
          maximize);
    }

    /// The same with another `maximize`: whether to climb instead of descend.
    public Options maximize(boolean maximize) {
      return new Options(
          learningRate,
          maxIter,
          maxEval,
          toleranceGrad,
          toleranceChange,
          historySize,
          strongWolfe,
          curvature,
          maximize);
    }
  }
}
