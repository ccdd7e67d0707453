package org.wengert.examples.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.wengert.F;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.graph.Graph;
import org.wengert.io.Safetensors;
import org.wengert.nn.Dropout;
import org.wengert.nn.Linear;
import org.wengert.nn.Module;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The code of the page on modules.
public final class ModulesGuide {
  private ModulesGuide() {}

  /// Runs all regions.
  public static void main(String[] args) throws IOException {
    parameters();
    summary();
    modes();
    save();
    graph();
  }

  // region: module
  static final class Net extends Module { // org.wengert.nn.Module, imported by name
    final Linear hidden = new Linear(2, 16);
    final Dropout dropout = new Dropout(0.5);
    final Linear output = new Linear(16, 1);

    @Override
    public Variable forward(Variable x) {
      return output.call(dropout.call(F.relu(hidden.call(x))));
    }
  }

  // end region

  static void parameters() {
    // region: parameters
    Net net = new Net();
    for (Parameter p : net.parameters()) {
      System.out.println(p.name() + " " + p.shape());
    }
    // end region
  }

  static void summary() {
    // region: summary
    System.out.println(new Net().summary(Shape.of(1, 2)));
    // end region
  }

  static void modes() {
    // region: modes
    Rng.seed(1);
    Net net = new Net();
    Variable x = Variable.constant(Tensor.of(new float[][] {{1, 2}}));
    System.out.println(net.call(x).item());
    System.out.println(net.call(x).item()); // dropout draws anew
    net.eval();
    System.out.println(net.call(x).item());
    System.out.println(net.call(x).item());
    // end region
  }

  static void save() throws IOException {
    // region: save
    Path file = Files.createTempFile("net", ".safetensors");
    Net net = new Net();
    Safetensors.write(file, net.stateDict());
    Net again = new Net();
    again.loadStateDict(Safetensors.read(file));
    System.out.println(again.hidden.weight().value().sameBits(net.hidden.weight().value()));
    // end region
    Files.delete(file);
  }

  static void graph() {
    // region: graph
    Rng.seed(1);
    Net net = new Net();
    net.eval();
    Variable x = Variable.constant(Tensor.of(new float[][] {{1, 2}})).named("x");
    System.out.print(Graph.forward(net.call(x)).foldByModule(2).text());
    // end region
  }
}
