package org.wengert.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.Op;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// One value of a [Graph]: where it came from, and what is known about it.
///
/// ```java
/// String text = switch (vertex) {
///   case Vertex.Constant c -> "given " + c.value();
///   case Vertex.Leaf leaf -> "wanted: the gradient of " + leaf.label();
///   case Vertex.Operation(var facts, var op, var operands) -> op.label() + " of " + operands;
///   case Vertex.Group group -> group.kind() + " of " + group.members().size();
/// };
/// ```
///
/// Immutable.
public sealed interface Vertex {
  /// What every vertex has.
  Facts facts();

  /// What is known about a value.
  ///
  /// @param id the position in [Graph#vertices], which is the order of creation
  /// @param number the node's number, by which a variable is found; 0 for a constant
  /// @param name what it was named; empty if it was not
  /// @param label what it is called in formulas, different from what any other value is called: the
  ///     name, numbered in the order of creation if several have it (`h₁`, `h₂`), or `v` and the id
  ///     in
  ///     the graph that was recorded
  /// @param value the numbers, as they were when the snapshot was made
  /// @param gradient the derivative of the graph's output with respect to this value; null if there
  ///     is none or it was not asked for, which is not the same as zeros
  /// @param part the call of a layer or another scope in which it was made
  /// @param line the line of the program where it was recorded, in debug mode; else empty
  record Facts(
      int id,
      long number,
      String name,
      String label,
      Tensor value,
      @Nullable Tensor gradient,
      Part part,
      String line) {}

  /// A value without a gradient: data, or what was computed unrecorded.
  record Constant(Facts facts) implements Vertex {}

  /// A variable whose gradient is wanted.
  ///
  /// @param grad what `backward()` calls have left there so far; null if none has
  /// @param isParameter whether an optimizer may change it
  record Leaf(Facts facts, @Nullable Tensor grad, boolean isParameter) implements Vertex {}

  /// A recorded operation with its result.
  ///
  /// @param operands the edges from its operands, in their order
  record Operation(Facts facts, Op op, List<Edge> operands) implements Vertex {
    /// A copy of the list.
    public Operation {
      operands = List.copyOf(operands);
    }
  }

  /// Several vertices in the place of one: what [Graph#fold] makes of a part.
  ///
  /// @param facts those of the part's last result
  /// @param folded what is inside
  /// @param members the vertices inside, of the unfolded graph
  /// @param operands the edges that come in from outside, in the order of their sources
  record Group(Facts facts, Part folded, List<Vertex> members, List<Edge> operands)
      implements Vertex {
    /// Copies of the lists.
    public Group {
      members = List.copyOf(members);
      operands = List.copyOf(operands);
    }

    /// What kind of part it is, such as `Linear`; its path, if that is all that is known.
    public String kind() {
      return folded.kind().isEmpty() ? folded.path() : folded.kind();
    }
  }

  /// The position in [Graph#vertices].
  default int id() {
    return facts().id();
  }

  /// What it was named; empty if it was not.
  default String name() {
    return facts().name();
  }

  /// The numbers.
  default Tensor value() {
    return facts().value();
  }

  /// The sizes of the axes.
  default Shape shape() {
    return value().shape();
  }

  /// The type of the elements.
  default DType dtype() {
    return value().dtype();
  }

  /// The derivative of the graph's output; null if there is none or it was not asked for.
  default @Nullable Tensor gradient() {
    return facts().gradient();
  }

  /// The path of the part in which it was made, such as `blocks.0.attention`; empty for none.
  default String module() {
    return facts().part().path();
  }

  /// The edges from what it was computed from; none for what was given.
  default List<Edge> operands() {
    return switch (this) {
      case Constant _, Leaf _ -> List.of();
      case Operation operation -> operation.operands;
      case Group group -> group.operands;
    };
  }

  /// What it is called in formulas: its name, numbered if several have it, a short constant's
  /// number, or `v` and its id, as in a Wengert list.
  default String label() {
    return name().isEmpty() && this instanceof Constant && value().count() == 1
        ? Numbers.brief(value().item())
        : facts().label();
  }
}
