package org.wengert.golden;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.wengert.F;
import org.wengert.Index;
import org.wengert.PadMode;
import org.wengert.ScatterReduce;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Torch's operators that move elements, and those that make tensors.
final class ShapeOperators {
  private ShapeOperators() {}

  static void addTo(OperatorTable table) {
    addShapes(table);
    addParts(table);
    addFactories(table);
    addMore(table);
  }

  private static void addShapes(OperatorTable table) {
    table.put("clone", a -> F.clone(x(a)));
    table.put("contiguous", a -> F.contiguous(x(a)));
    table.put("reshape", a -> F.reshape(x(a), a.integers(1, "shape")));
    table.put("view", a -> F.view(x(a), a.integers(1, "shape")));
    table.put("detach", a -> x(a).detach());
    table.put("to", a -> x(a).to(a.type(1, "dtype", x(a).dtype())));
    table.put("size", a -> (long) x(a).size(a.integer(1, "dim")));
    table.put("permute", a -> F.permute(x(a), a.integers(1, "dims")));
    table.put("transpose", a -> F.transpose(x(a), a.integer(1, "dim0"), a.integer(2, "dim1")));
    table.put("t", a -> F.t(x(a)));
    table.put("unsqueeze", a -> F.unsqueeze(x(a), a.integer(1, "dim")));
    table.put("squeeze", a -> F.squeeze(x(a), a.integer(1, "dim")));
    table.put("expand", a -> F.expand(x(a), a.integers(1, "size")));
    table.put("expand_as", a -> F.expandAs(x(a), a.variable(1, "other")));
  }

  private static void addParts(OperatorTable table) {
    table.put("cat", a -> F.cat(a.variables(0, "tensors"), a.integer(1, "dim", 0)));
    table.put("stack", a -> F.stack(a.variables(0, "tensors"), a.integer(1, "dim", 0)));
    table.put("select", a -> F.select(x(a), a.integer(1, "dim"), a.integer(2, "index")));
    table.put("slice", ShapeOperators::slice);
    table.put("gather", a -> F.gather(x(a), a.integer(1, "dim"), a.variable(2, "index")));
    table.put(
        "index_select", a -> F.indexSelect(x(a), a.integer(1, "dim"), a.variable(2, "index")));
    table.put("index", a -> F.index(x(a), indices(a)));
    table.put("one_hot", ShapeOperators::oneHot);
  }

  private static void addFactories(OperatorTable table) {
    table.put("zeros", a -> F.zeros(size(a), type(a, 1)));
    table.put("ones", a -> F.ones(size(a), type(a, 1)));
    table.put("full", a -> F.full(size(a), a.number(1, "fill_value"), type(a, 2)));
  }

  private static Variable x(Arguments a) {
    return a.variable(0, "self");
  }

  private static Shape size(Arguments a) {
    return Shape.of(a.integers(0, "size"));
  }

  private static DType type(Arguments a, int position) {
    return a.type(position, "dtype", DType.FLOAT32);
  }

  private static int end(Arguments a, int position) {
    return (int) Math.min(Integer.MAX_VALUE, a.number(position, "end", Integer.MAX_VALUE));
  }

  private static Variable slice(Arguments a) {
    int axis = a.integer(1, "dim", 0);
    int to = end(a, 3);
    return F.slice(x(a), axis, a.integer(2, "start", 0), to, a.integer(4, "step", 1));
  }

  private static Variable oneHot(Arguments a) {
    int classes = a.integer(1, "num_classes", -1);
    return classes < 0 ? F.oneHot(x(a)) : F.oneHot(x(a), classes);
  }

  private static Index[] indices(Arguments a) {
    List<Index> all = new ArrayList<>();
    Interpreter.list(a.value(1, "indices"))
        .forEach(i -> all.add(i == null ? Index.all() : Index.index((Variable) i)));
    return all.toArray(new Index[0]);
  }

  private static Object repeatInterleave(Arguments a) {
    if (a.isNumber(1, "repeats")) {
      return a.has(2, "dim")
          ? F.repeatInterleave(x(a), a.integer(1, "repeats"), a.integer(2, "dim"))
          : F.repeatInterleave(x(a), a.integer(1, "repeats"));
    }
    return F.repeatInterleave(x(a), a.variable(1, "repeats"), a.integer(2, "dim", 0));
  }

  private static Variable scatter(Arguments a) {
    int axis = a.integer(1, "dim");
    Variable index = a.variable(2, "index");
    return a.isNumber(3, "value")
        ? F.scatter(x(a), axis, index, a.number(3, "value"))
        : F.scatter(x(a), axis, index, a.variable(3, "src"));
  }

  private static Variable pad(Arguments a) {
    PadMode mode = PadMode.valueOf(a.text(2, "mode", "").toUpperCase(Locale.ROOT));
    return F.pad(x(a), a.integers(1, "pad"), mode);
  }

  private static Object split(Arguments a) {
    int axis = a.integer(2, "dim", 0);
    return a.isList(1, "split_size")
        ? F.split(x(a), a.integers(1, "split_size"), axis)
        : F.split(x(a), a.integer(1, "split_size"), axis);
  }

  private static Variable roll(Arguments a) {
    return a.integers(2, "dims").length == 0
        ? F.roll(x(a), a.integers(1, "shifts")[0])
        : F.roll(x(a), a.integers(1, "shifts"), a.integers(2, "dims"));
  }

  /// A list of integers.
  private static Variable tensor(Arguments a) {
    long[] numbers = Arrays.stream(a.integers(0, "data")).asLongStream().toArray();
    return Variable.constant(Tensor.of(numbers));
  }

  /// Torch takes one end, start and end, or start, end and step.
  private static Variable arange(Arguments a) {
    if (a.count() == 1 && a.value(0, "end") instanceof Long end) {
      return F.arange(end).to(a.type(6, "dtype", DType.INT64));
    }
    return F.arange(a.number(0, "start"), a.number(1, "end"), a.number(2, "step", 1));
  }

  private static void addMore(OperatorTable table) {
    table.put(
        "flatten", a -> F.flatten(x(a), a.integer(1, "start_dim", 0), a.integer(2, "end_dim", -1)));
    table.put("unflatten", a -> F.unflatten(x(a), a.integer(1, "dim"), a.integers(2, "sizes")));
    table.put(
        "movedim", a -> F.moveDim(x(a), a.integers(1, "source"), a.integers(2, "destination")));
    table.put("repeat", a -> F.repeat(x(a), a.integers(1, "repeats")));
    table.put("tile", a -> F.tile(x(a), a.integers(1, "dims")));
    table.put("broadcast_tensors", a -> F.broadcastTensors(a.variables(0, "tensors")));
    table.put("meshgrid", ShapeOperators::meshgrid);
    table.put("split", ShapeOperators::split);
    table.put("chunk", a -> F.chunk(x(a), a.integer(1, "chunks"), a.integer(2, "dim", 0)));
    table.put("unbind", a -> F.unbind(x(a), a.integer(1, "dim", 0)));
    table.put("hstack", a -> F.hstack(a.variables(0, "tensors")));
    table.put("vstack", a -> F.vstack(a.variables(0, "tensors")));
    table.put(
        "narrow",
        a -> F.narrow(x(a), a.integer(1, "dim"), a.integer(2, "start"), a.integer(3, "length")));
    addIndexed(table);
    addRearranged(table);
  }

  private static void addIndexed(OperatorTable table) {
    table.put("scatter", ShapeOperators::scatter);
    table.put(
        "scatter_add",
        a -> F.scatterAdd(x(a), a.integer(1, "dim"), a.variable(2, "index"), a.variable(3, "src")));
    table.put(
        "scatter_reduce",
        a ->
            F.scatterReduce(
                x(a),
                a.integer(1, "dim"),
                a.variable(2, "index"),
                a.variable(3, "src"),
                ScatterReduce.valueOf(a.text(4, "reduce", "").toUpperCase(Locale.ROOT)),
                a.flag(5, "include_self", true)));
    addWritten(table);
  }

  private static void addWritten(OperatorTable table) {
    table.put(
        "index_add",
        a ->
            F.indexAdd(
                x(a),
                a.integer(1, "dim"),
                a.variable(2, "index"),
                a.variable(3, "source"),
                a.number(4, "alpha", 1)));
    table.put(
        "index_fill",
        a -> F.indexFill(x(a), a.integer(1, "dim"), a.variable(2, "index"), a.number(3, "value")));
    table.put(
        "index_put",
        a ->
            F.indexPut(
                x(a),
                List.of(indices(a)),
                a.variable(2, "values"),
                a.flag(3, "accumulate", false)));
    addTaken(table);
  }

  private static void addTaken(OperatorTable table) {
    table.put("take", a -> F.take(x(a), a.variable(1, "index")));
    table.put(
        "take_along_dim",
        a ->
            a.has(2, "dim")
                ? F.takeAlongDim(x(a), a.variable(1, "index"), a.integer(2, "dim"))
                : F.takeAlongDim(x(a), a.variable(1, "index")));
    table.put("masked_select", a -> F.maskedSelect(x(a), a.variable(1, "mask")));
    table.put(
        "masked_scatter",
        a -> F.maskedScatter(x(a), a.variable(1, "mask"), a.variable(2, "source")));
    table.put(
        "select_scatter",
        a ->
            F.selectScatter(
                x(a), a.variable(1, "src"), a.integer(2, "dim"), a.integer(3, "index")));
    table.put(
        "slice_scatter",
        a ->
            F.sliceScatter(
                x(a),
                a.variable(1, "src"),
                a.integer(2, "dim", 0),
                a.integer(3, "start", 0),
                end(a, 4),
                a.integer(5, "step", 1)));
  }

  private static void addRearranged(OperatorTable table) {
    table.put("flip", a -> F.flip(x(a), a.integers(1, "dims")));
    table.put("roll", ShapeOperators::roll);
    table.put(
        "rot90",
        a ->
            F.rot90(
                x(a), a.integer(1, "k", 1), a.integers(2, "dims")[0], a.integers(2, "dims")[1]));
    table.put("tril", a -> F.tril(x(a), a.integer(1, "diagonal", 0)));
    table.put("triu", a -> F.triu(x(a), a.integer(1, "diagonal", 0)));
    table.put("diag", a -> F.diag(x(a), a.integer(1, "diagonal", 0)));
    table.put(
        "diagonal",
        a ->
            F.diagonal(
                x(a), a.integer(1, "offset", 0), a.integer(2, "dim1", 0), a.integer(3, "dim2", 1)));
    table.put("diag_embed", a -> F.diagEmbed(x(a), a.integer(1, "offset", 0)));
    table.put("constant_pad_nd", a -> F.pad(x(a), a.integers(1, "pad"), a.number(2, "value", 0)));
    table.put("pad", ShapeOperators::pad);
    table.put(
        "unfold",
        a -> F.unfold(x(a), a.integer(1, "dimension"), a.integer(2, "size"), a.integer(3, "step")));
    addWindows(table);
  }

  private static void addWindows(OperatorTable table) {
    table.put(
        "im2col",
        a ->
            F.im2col(
                x(a),
                a.integers(1, "kernel_size"),
                a.integers(2, "dilation"),
                a.integers(3, "padding"),
                a.integers(4, "stride")));
    table.put(
        "col2im",
        a ->
            F.col2im(
                x(a),
                a.integers(1, "output_size"),
                a.integers(2, "kernel_size"),
                a.integers(3, "dilation"),
                a.integers(4, "padding"),
                a.integers(5, "stride")));
    addMade(table);
  }

  private static void addMade(OperatorTable table) {
    table.put("repeat_interleave", ShapeOperators::repeatInterleave);
    table.put("arange", ShapeOperators::arange);
    table.put("tensor", ShapeOperators::tensor);
    table.put(
        "linspace",
        a -> F.linspace(a.number(0, "start"), a.number(1, "end"), a.integer(2, "steps")));
    table.put(
        "logspace",
        a ->
            F.logspace(
                a.number(0, "start"),
                a.number(1, "end"),
                a.integer(2, "steps"),
                a.number(3, "base", 10)));
    table.put(
        "eye",
        a ->
            F.eye(
                a.integer(0, "n"),
                a.integer(1, "m", a.integer(0, "n")),
                a.type(2, "dtype", DType.FLOAT32)));
    addSearches(table);
  }

  private static void addSearches(OperatorTable table) {
    table.put(
        "searchsorted",
        a ->
            F.searchSorted(
                a.variable(0, "sorted"), a.variable(1, "self"), a.flag(3, "right", false)));
    table.put(
        "bucketize",
        a -> F.bucketize(x(a), a.variable(1, "boundaries"), a.flag(3, "right", false)));
    table.put("diff", a -> F.diff(x(a), a.integer(1, "n", 1), a.integer(2, "dim", -1)));
    table.put(
        "as_strided",
        a ->
            F.asStrided(
                x(a),
                a.integers(1, "size"),
                a.integers(2, "stride"),
                a.integer(3, "storage_offset", 0)));
  }

  private static Object meshgrid(Arguments a) {
    List<Variable> xs = a.variables(0, "tensors");
    return a.text(1, "indexing", "ij").equals("ij") ? F.meshgrid(xs) : F.meshgridXY(xs);
  }
}
