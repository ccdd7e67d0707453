package org.wengert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;

/// One Einstein summation: the equation, read; the operands, joined from the left, two at a time,
/// by permuting, reshaping and one matrix product, so that no operation is needed for it.
///
/// An axis has a number for a name: a letter its code, the axes of `...` negative numbers counted
/// from the end, so that broadcasting aligns them.
final class Einsum {
  private final List<Variable> operands;
  private final int[] sizes = new int[128]; // of each letter; 0 while unknown
  private final int[] counts = new int[128]; // how often each letter occurs
  private final List<Term> terms = new ArrayList<>();
  private final List<Integer> output;
  private Shape broadcast = Shape.SCALAR; // of the axes of `...`

  /// An operand whose axes have names, each once.
  private record Term(Variable x, List<Integer> names) {
    int size(int name) {
      return x.size(names.indexOf(name));
    }

    boolean has(int name) {
      return names.contains(name);
    }

    /// Sums over the axes whose name is not among `kept`.
    Term summed(List<Integer> kept) {
      int[] gone =
          IntStream.range(0, names.size()).filter(i -> !kept.contains(names.get(i))).toArray();
      List<Integer> left = names.stream().filter(kept::contains).toList();
      return gone.length == 0 ? this : new Term(x.sum(gone), left);
    }

    Variable permuted(List<Integer> order) {
      return x.permute(order.stream().mapToInt(names::indexOf).toArray());
    }
  }

  Einsum(String equation, List<Variable> operands) {
    this.operands = operands;
    String text = equation.replace(" ", "");
    int arrow = text.indexOf("->");
    String[] inputs = (arrow < 0 ? text : text.substring(0, arrow)).split(",", -1);
    if (inputs.length != operands.size()) {
      throw new ShapeException(inputs.length + " terms for " + operands.size() + " operands")
          .hint("separate one term for each operand by commas");
    }
    for (int i = 0; i < inputs.length; i++) {
      read(inputs[i], i);
    }
    output = arrow < 0 ? impliedOutput() : names(text.substring(arrow + 2), broadcast.rank());
    checkOutput();
  }

  private void read(String term, int operand) {
    Variable x = operands.get(operand);
    int letters = term.replace("...", "").length();
    boolean open = term.contains("...");
    if (open ? letters > x.rank() : letters != x.rank()) {
      throw new ShapeException(
              "'"
                  + term
                  + "' names "
                  + letters
                  + " axes of operand "
                  + operand
                  + " of shape "
                  + x.shape())
          .hint("one letter for each axis; ... stands for those without a name");
    }
    List<Integer> names = names(term, x.rank() - letters);
    for (int axis = 0; axis < names.size(); axis++) {
      if (names.get(axis) >= 0) {
        learn(names.get(axis), x.size(axis), operand);
      }
    }
    if (open) {
      int first = term.indexOf("...");
      int[] free = IntStream.range(first, first + x.rank() - letters).map(x::size).toArray();
      broadcast = Shape.broadcast(broadcast, Shape.of(free));
    }
    terms.add(distinct(new Term(x, names)));
  }

  /// The names of a term's axes, `open` of them for `...`.
  private List<Integer> names(String term, int open) {
    List<Integer> names = new ArrayList<>();
    int ellipsis = term.indexOf("...");
    for (int i = 0; i < term.length(); i++) {
      if (i == ellipsis) {
        IntStream.range(-open, 0).forEach(names::add);
        i += 2;
      } else if (term.charAt(i) < 128 && Character.isLetter(term.charAt(i))) {
        names.add((int) term.charAt(i));
      } else {
        throw new ShapeException("'" + term.charAt(i) + "' in term '" + term + "'")
            .hint("axes are named by the letters a to z and A to Z, and at most one ... in a term");
      }
    }
    return names;
  }

  private void learn(int letter, int size, int operand) {
    int known = sizes[letter];
    if (counts[letter]++ > 0 && known != size && known != 1 && size != 1) {
      throw new ShapeException(
              "axis '"
                  + (char) letter
                  + "' has size "
                  + size
                  + " in operand "
                  + operand
                  + ", but size "
                  + known
                  + " before")
          .hint("axes of one letter have equal sizes, or size 1");
    }
    sizes[letter] = counts[letter] == 1 || known == 1 ? size : known;
  }

  /// The term with diagonals taken, so that each name occurs once.
  private Term distinct(Term term) {
    Term rest = term;
    for (int i = 0; i < rest.names().size(); i++) {
      int last = rest.names().lastIndexOf(rest.names().get(i));
      if (last > i) {
        rest = diagonal(rest, i, last);
        i = -1;
      }
    }
    return rest;
  }

  private Term diagonal(Term term, int first, int second) {
    Variable x = term.x();
    if (x.size(first) != x.size(second)) {
      throw new ShapeException(
              "no diagonal of axes of sizes " + x.size(first) + " and " + x.size(second))
          .hint("axes of one letter within one operand have equal sizes");
    }
    List<Integer> others = new ArrayList<>(IntStream.range(0, x.rank()).boxed().toList());
    others.removeAll(List.of(first, second));
    List<Integer> names = new ArrayList<>(others.stream().map(term.names()::get).toList());
    names.add(term.names().get(first));
    others.addAll(List.of(first, second));
    int[] order = others.stream().mapToInt(Integer::intValue).toArray();
    return new Term(Matrices.diagonal(x.permute(order)), names);
  }

  private List<Integer> impliedOutput() {
    List<Integer> names = new ArrayList<>(IntStream.range(-broadcast.rank(), 0).boxed().toList());
    IntStream.range(0, 128).filter(letter -> counts[letter] == 1).forEach(names::add);
    return names;
  }

  private void checkOutput() {
    for (int name : output) {
      if (name >= 0 && counts[name] == 0) {
        throw new ShapeException("the result's axis '" + (char) name + "' is in no operand")
            .hint("name only axes of the operands after the arrow");
      }
      if (output.indexOf(name) != output.lastIndexOf(name)) {
        throw new ShapeException("the result names axis '" + (char) name + "' twice")
            .hint("name each axis once after the arrow");
      }
    }
  }

  Variable result() {
    Term joined = terms.getFirst();
    for (int next = 1; next < terms.size(); next++) {
      joined = joined(joined, terms.get(next), needed(next + 1));
    }
    return joined.summed(output).permuted(output).expand(shape(output));
  }

  /// The names that the result or an operand from `next` on asks for.
  private List<Integer> needed(int next) {
    List<Integer> names = new ArrayList<>(output);
    terms.subList(next, terms.size()).forEach(term -> names.addAll(term.names()));
    return names;
  }

  private Term joined(Term a, Term b, List<Integer> needed) {
    List<Integer> wanted = new ArrayList<>(needed);
    a.names().stream().filter(b::has).forEach(wanted::add);
    Term left = a.summed(wanted);
    Term right = b.summed(wanted);
    List<Integer> common = left.names().stream().filter(right::has).toList();
    List<Integer> batch = common.stream().filter(needed::contains).toList();
    List<Integer> inner = common.stream().filter(name -> !needed.contains(name)).toList();
    List<Integer> rows = left.names().stream().filter(name -> !right.has(name)).toList();
    List<Integer> columns = right.names().stream().filter(name -> !left.has(name)).toList();
    Variable x = matrices(left, right, batch, rows, inner);
    Variable y = matrices(right, left, batch, inner, columns);
    List<Integer> names = concat(batch, rows, columns);
    Shape joint = Shape.of(names.stream().mapToInt(name -> size(left, right, name)).toArray());
    return new Term(x.matMul(y).reshape(joint), names);
  }

  /// The size of an axis of one or both terms; size 1 gives way.
  private static int size(Term a, Term b, int name) {
    int size = a.has(name) ? a.size(name) : 1;
    return size == 1 && b.has(name) ? b.size(name) : size;
  }

  /// The term as a batch of matrices, with common axes of size 1 repeated to the other's size.
  private static Variable matrices(
      Term term, Term other, List<Integer> batch, List<Integer> rows, List<Integer> columns) {
    List<Integer> order = concat(batch, rows, columns);
    int[] sizes = order.stream().mapToInt(name -> size(term, other, name)).toArray();
    Variable x = term.permuted(order).expand(Shape.of(sizes));
    int height = product(sizes, batch.size(), batch.size() + rows.size());
    int width = product(sizes, batch.size() + rows.size(), sizes.length);
    return x.reshape(Shape.of(product(sizes, 0, batch.size()), height, width));
  }

  private static int product(int[] sizes, int from, int to) {
    return Arrays.stream(sizes, from, to).reduce(1, (a, b) -> a * b);
  }

  private static List<Integer> concat(List<Integer> a, List<Integer> b, List<Integer> c) {
    List<Integer> all = new ArrayList<>(a);
    all.addAll(b);
    all.addAll(c);
    return all;
  }

  private Shape shape(List<Integer> names) {
    int rank = broadcast.rank();
    return Shape.of(
        names.stream().mapToInt(n -> n < 0 ? broadcast.size(rank + n) : sizes[n]).toArray());
  }
}
