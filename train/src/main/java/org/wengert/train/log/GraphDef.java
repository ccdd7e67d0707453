package org.wengert.train.log;

import java.util.ArrayList;
import java.util.List;
import org.wengert.graph.Edge;
import org.wengert.graph.Graph;
import org.wengert.graph.Vertex;

/// A graph as TensorFlow's message `GraphDef`: names are paths, so that layers become boxes.
final class GraphDef {
  private GraphDef() {}

  static Proto of(Graph graph) {
    List<String> names = new ArrayList<>();
    Proto message = new Proto();
    for (Vertex vertex : graph.vertices()) { // operands before results: their names are known
      String name = name(vertex);
      names.add(name);
      Proto node = new Proto().text(1, name).text(2, kind(vertex));
      for (Edge edge : vertex.operands()) {
        node.text(3, names.get(edge.from()));
      }
      Proto entry = new Proto().text(1, "_output_shapes").message(2, shapes(vertex));
      message.message(1, node.message(5, entry));
    }
    return message.message(4, new Proto().integer(1, 22)); // producer: as PyTorch writes it
  }

  /// `blocks/0/relu_12`: unique by the number, and without what TensorFlow forbids. Parameters bear
  /// the path of their module without the model's class before it.
  private static String name(Vertex vertex) {
    String label = vertex.name().isEmpty() ? kind(vertex) : vertex.name();
    String path = vertex.module().isEmpty() ? "" : vertex.module() + ".";
    String inside = path.substring(path.indexOf('.') + 1);
    String known = label.startsWith(path) ? path : label.startsWith(inside) ? inside : "";
    String all = path + label.substring(known.length());
    String allowed =
        all.replace('.', '/').replaceAll("[^A-Za-z0-9_\\\\/-]", "_") + "_" + vertex.id();
    return allowed.matches("[A-Za-z0-9].*") ? allowed : "x" + allowed;
  }

  private static String kind(Vertex vertex) {
    return switch (vertex) {
      case Vertex.Constant _ -> "Constant";
      case Vertex.Leaf leaf -> leaf.isParameter() ? "Parameter" : "Leaf";
      case Vertex.Operation operation -> operation.op().label();
      case Vertex.Group group -> group.kind();
    };
  }

  private static Proto shapes(Vertex vertex) {
    Proto shape = new Proto();
    for (int axis = 0; axis < vertex.shape().rank(); axis++) {
      shape.message(2, new Proto().integer(1, vertex.shape().size(axis)));
    }
    return new Proto().message(1, new Proto().message(7, shape));
  }
}
