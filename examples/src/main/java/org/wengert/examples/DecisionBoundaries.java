package org.wengert.examples;

import static org.wengert.examples.Text.say;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.wengert.Variable;
import org.wengert.nn.BCEWithLogitsLoss;
import org.wengert.nn.Layer;
import org.wengert.nn.Linear;
import org.wengert.nn.Sequential;
import org.wengert.nn.Tanh;
import org.wengert.optim.Adam;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.train.data.Sample;
import org.wengert.train.data.Synthetic;
import org.wengert.train.data.TensorDataset;
import org.wengert.train.metric.Accuracy;
import org.wengert.train.plot.DecisionBoundary;
import org.wengert.train.plot.Plot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Lecture 4: network depth and decision regions. A perceptron draws one line, one hidden layer
/// convex regions, more layers whatever is needed; on the playground's data, as a table of
/// pictures.
@Command(
    name = "DecisionBoundaries",
    sortOptions = false,
    description = "Draws what networks of growing depth make of four sets of points.")
public final class DecisionBoundaries implements Callable<Integer> {
  private static final int POINTS = 240;
  private static final double NOISE = 0.04;
  private static final int[][] HIDDEN = {{}, {4}, {8, 8}, {16, 16, 16}};

  @Mixin private final Line options = new Line();

  /// A run that has not begun; [#main] gives it its options.
  public DecisionBoundaries() {}

  /// The command line. Holds state: picocli fills the fields.
  static final class Line extends ExampleOptions {
    @Option(
        names = "--steps",
        paramLabel = "N",
        defaultValue = "1000",
        description = "steps that each network learns; default ${DEFAULT-VALUE}")
    private int steps;

    /// Options that are their defaults until picocli fills them in.
    Line() {
      super(Path.of("target", "decision-boundaries"));
    }

    @Override
    void check() {
      requireAtLeastOne("--steps", steps);
    }
  }

  /// Runs the example; the exit code is 2 if arguments are bad.
  public static void main(String[] args) {
    System.exit(Launcher.run(new DecisionBoundaries(), args));
  }

  /// A set of points: a column of the table.
  private record Column(String name, TensorDataset<Sample> points) {}

  @Override
  public Integer call() throws IOException {
    options.prepare();
    Rng random = new Rng(options.seed());
    List<Column> columns =
        List.of(
            new Column("blobs", Synthetic.blobs(POINTS, NOISE, random)),
            new Column("xor", Synthetic.xor(POINTS, NOISE, random)),
            new Column("circle", Synthetic.circle(POINTS, NOISE, random)),
            new Column("spiral", Synthetic.spiral(POINTS, NOISE, random)));
    say("%16s%8s%8s%8s%8s", "hidden layers", "blobs", "xor", "circle", "spiral");
    List<Plot> table = new ArrayList<>();
    for (int[] hidden : HIDDEN) {
      StringBuilder row = new StringBuilder("%16s".formatted(name(hidden)));
      for (Column column : columns) {
        table.add(cell(hidden, column, random, row));
      }
      say("%s", row);
    }
    Path picture = options.out().resolve("decision-boundaries.png");
    Plot.grid(columns.size(), table).save(picture);
    say("%n%s   the regions, a row for each network", picture);
    return 0;
  }

  /// The regions of a network that has learned these points; its accuracy is added to the row.
  private Plot cell(int[] hidden, Column column, RandomGenerator random, StringBuilder row) {
    Sample points = column.points.all();
    Sequential model = learned(hidden, points, random);
    double percent = 100 * accuracy(model, points);
    row.append(String.format(Locale.ROOT, "%6.0f %%", percent));
    String title =
        String.format(Locale.ROOT, "%s, %s: %.0f %%", name(hidden), column.name, percent);
    return DecisionBoundary.of(title, model, points.input(), points.target()).size(400, 420);
  }

  private static String name(int[] hidden) {
    return hidden.length == 0
        ? "perceptron"
        : String.join("-", Arrays.stream(hidden).mapToObj(Integer::toString).toList());
  }

  /// A network with these hidden layers, trained on all points at once.
  private Sequential learned(int[] hidden, Sample points, RandomGenerator random) {
    List<Layer> layers = new ArrayList<>();
    int width = 2;
    for (int units : hidden) {
      layers.add(new Linear(width, units, random));
      layers.add(new Tanh());
      width = units;
    }
    layers.add(new Linear(width, 1, random));
    Sequential model = new Sequential(layers.toArray(Layer[]::new));
    var criterion = new BCEWithLogitsLoss();
    var optimizer = new Adam(model.parameters(), 0.03);
    Variable inputs = Variable.constant(points.input());
    Variable targets =
        Variable.constant(points.target().to(DType.FLOAT32).reshape(points.target().size(0), 1));
    for (int step = 0; step < options.steps; step++) {
      optimizer.zeroGrad();
      criterion.forward(model.forward(inputs), targets).backward();
      optimizer.step();
    }
    return model;
  }

  private static double accuracy(Sequential model, Sample points) {
    Accuracy accuracy = new Accuracy();
    accuracy.add(model.forward(Variable.constant(points.input())).value(), points.target());
    return accuracy.value();
  }
}
