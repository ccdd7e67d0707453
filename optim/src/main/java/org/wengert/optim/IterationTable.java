package org.wengert.optim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Training as a table, as textbooks print it: a row for each iteration, with every parameter, the
/// derivative of the loss with respect to it, and the loss.
///
/// ```java
/// System.out.println(IterationTable.run(new SGD(List.of(w, b), 0.01), () -> loss(w, b),
/// 4).text());
/// ```
///
/// or, in a loop of one's own, between `backward()` and `step()`:
///
/// ```java
/// IterationTable table = IterationTable.of(model.parameters()).column("accuracy", () -> tested());
/// ...
///   loss.backward();
///   table.add(loss);
///   optimizer.step();
/// ```
///
/// A parameter of up to four numbers has a column for each, `w[1, 0]`; of a larger one the norm is
/// shown, `‖w‖`. Where several have one name, the second is called `w2`. What was not computed is
/// `-`, which is not 0. Holds state, the rows; not thread-safe.
public final class IterationTable {
  private static final int FEW = 4;

  private final List<Parameter> parameters;
  private final Map<String, DoubleSupplier> extra = new LinkedHashMap<>();
  private final List<List<@Nullable Double>> rows = new ArrayList<>();

  private IterationTable(List<Parameter> parameters) {
    this.parameters = List.copyOf(parameters);
  }

  /// An empty table of these parameters, under their names.
  public static IterationTable of(List<Parameter> parameters) {
    return new IterationTable(parameters);
  }

  /// The table of so many steps from the present parameters: one row more than steps, since the
  /// last shows where they led.
  ///
  /// @param loss computes the loss, a single number, with the present parameters
  public static IterationTable run(Optimizer optimizer, Supplier<Variable> loss, int steps) {
    return of(optimizer.groups().stream()
            .<Parameter>flatMap(group -> group.parameters().stream())
            .toList())
        .fill(optimizer, loss, steps);
  }

  /// Adds a column with a number of one's own, asked for with each row, and returns this table.
  ///
  /// @throws OptionException if there are rows already, or a column of this name
  public IterationTable column(String name, DoubleSupplier number) {
    if (!rows.isEmpty() || columns().contains(name)) {
      String reason = rows.isEmpty() ? "is there already" : "comes after the first row";
      throw (OptionException)
          new OptionException("column '" + name + "' " + reason)
              .hint("give each column a name of its own, before the first row")
              .during("IterationTable");
    }
    extra.put(name, number);
    return this;
  }

  /// Makes so many steps and adds a row before each, and one at the end; returns this table.
  public IterationTable fill(Optimizer optimizer, Supplier<Variable> loss, int steps) {
    for (int step = 0; step <= steps; step++) {
      optimizer.zeroGrad();
      Variable found = loss.get();
      found.backward();
      add(found);
      if (step < steps && optimizer instanceof LBFGS) {
        optimizer.step(loss); // asks for the loss more than once
      } else if (step < steps) {
        optimizer.step();
      }
    }
    return this;
  }

  /// Adds a row: the parameters and their gradients as they are, and this loss.
  public void add(Variable loss) {
    List<@Nullable Double> row = new ArrayList<>();
    row.add((double) rows.size());
    parameters.forEach(p -> addNumbers(row, p.value(), p));
    parameters.forEach(p -> addNumbers(row, p.grad(), p));
    row.add(loss.item());
    extra.values().forEach(number -> row.add(number.getAsDouble()));
    rows.add(Collections.unmodifiableList(row));
  }

  private static void addNumbers(
      List<@Nullable Double> row, @Nullable Tensor numbers, Parameter parameter) {
    int count = parameter.value().count();
    if (numbers == null) {
      row.addAll(Collections.nCopies(count <= FEW ? count : 1, null));
      return;
    }
    double[] elements = numbers.toDoubleArray();
    if (count <= FEW) {
      for (double element : elements) {
        row.add(element);
      }
    } else {
      row.add(Math.sqrt(Flat.dot(elements, elements)));
    }
  }

  /// The names of the columns.
  public List<String> columns() {
    List<String> names = names();
    List<String> values = new ArrayList<>();
    List<String> gradients = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      String name = names.get(i);
      int count = parameter.value().count();
      for (int k = 0; k < count && count <= FEW; k++) {
        String element = name + place(k, parameter.shape());
        values.add(element);
        gradients.add("dL/d" + element);
      }
      if (count > FEW) {
        values.add("‖" + name + "‖");
        gradients.add("‖dL/d" + name + "‖");
      }
    }
    List<String> columns = new ArrayList<>(List.of("row"));
    columns.addAll(values);
    columns.addAll(gradients);
    columns.add("L");
    columns.addAll(extra.keySet());
    return List.copyOf(columns);
  }

  /// The parameters' names, and numbers behind those that several have: `weight`, `weight2`.
  private List<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < parameters.size(); i++) {
      String own = parameters.get(i).name().isEmpty() ? "p" + i : parameters.get(i).name();
      String name = own;
      for (int next = 2; !names.add(name); next++) {
        name = own + next;
      }
    }
    return List.copyOf(names);
  }

  /// The indices of an element: `[1, 0]`; nothing for a single number.
  private static String place(int element, Shape shape) {
    List<String> indices = new ArrayList<>();
    int rest = element;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      indices.addFirst(Integer.toString(rest % shape.size(axis)));
      rest /= shape.size(axis);
    }
    return indices.isEmpty() ? "" : "[" + String.join(", ", indices) + "]";
  }

  /// The numbers, in the order of the columns; null where nothing was computed.
  public List<List<@Nullable Double>> rows() {
    return List.copyOf(rows);
  }

  /// The numbers of one column from top to bottom; null where nothing was computed.
  ///
  /// @throws OptionException if there is no such column
  public List<@Nullable Double> column(String name) {
    int at = columns().indexOf(name);
    if (at < 0) {
      throw (OptionException)
          new OptionException("there is no column '" + name + "'")
              .hint("there are " + String.join(", ", columns()))
              .during("IterationTable");
    }
    List<@Nullable Double> numbers = new ArrayList<>();
    rows.forEach(row -> numbers.add(row.get(at)));
    return Collections.unmodifiableList(numbers);
  }

  /// The table in columns of equal width, with six digits.
  public String text() {
    return TableText.plain(columns(), rows);
  }

  /// The table in Markdown, with six digits.
  public String markdown() {
    return TableText.markdown(columns(), rows);
  }

  /// The table as comma-separated values (RFC 4180), with all digits; nothing where nothing was
  /// computed.
  public String csv() {
    return TableText.csv(columns(), rows);
  }

  /// As [#text].
  @Override
  public String toString() {
    return text();
  }
}
