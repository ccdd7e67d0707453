package org.wengert.io;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.wengert.io.PickleValue.Dictionary;
import org.wengert.io.PickleValue.Elements;
import org.wengert.io.PickleValue.Items;
import org.wengert.io.PickleValue.Name;
import org.wengert.io.PickleValue.None;
import org.wengert.io.PickleValue.Real;
import org.wengert.io.PickleValue.Text;
import org.wengert.io.PickleValue.Truth;
import org.wengert.io.PickleValue.Tuple;
import org.wengert.io.PickleValue.View;
import org.wengert.io.PickleValue.Whole;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// Finds the tensors and numbers in nested containers, each with its path. A container may hold
/// itself, or one other a million times; the depth is bounded, and so is the length of all paths
/// together. Holds state: where it is; for one thread.
final class PickleLeaves {
  private static final int MAX_DEPTH = 64;

  private final SequencedMap<String, PickleValue> leaves = new LinkedHashMap<>();
  private final Deque<Iterator<Map.Entry<String, PickleValue>>> open = new ArrayDeque<>();
  private final Deque<String> prefixes = new ArrayDeque<>();
  private final Place place;
  private long budget;

  private PickleLeaves(int pickleBytes, Place place) {
    this.budget = 8L * pickleBytes + 16_384;
    this.place = place;
  }

  /// The leaves of `value`, which came from a pickle of so many bytes.
  static SequencedMap<String, PickleValue> of(PickleValue value, int pickleBytes, Place place) {
    PickleLeaves walk = new PickleLeaves(pickleBytes, place);
    walk.visit("", value);
    while (!walk.open.isEmpty()) {
      Iterator<Map.Entry<String, PickleValue>> members = walk.open.getLast();
      if (members.hasNext()) {
        Map.Entry<String, PickleValue> member = members.next();
        walk.visit(walk.prefixes.getLast() + member.getKey(), member.getValue());
      } else {
        walk.open.removeLast();
        walk.prefixes.removeLast();
      }
    }
    return walk.leaves;
  }

  private void visit(String path, PickleValue value) {
    budget -= path.length() + 8;
    if (budget < 0) {
      throw place.found("containers used many times over", "each a few times");
    }
    switch (value) {
      case Dictionary dictionary -> enter(path, dictionary.items.entrySet().iterator());
      case Items list -> enter(path, numbered(list.items));
      case Tuple tuple -> enter(path, numbered(tuple.items()));
      case View _, Whole _, Real _, Truth _ -> {
        if (leaves.put(path, value) != null) {
          throw place.found("the path " + Json.shown(path) + " again", "each path once");
        }
      }
      case None _, Text _ -> {}
      case Name _, Elements _ ->
          throw place
              .within(Json.shown(path))
              .found("a type or a storage", "tensors, numbers, text and containers");
    }
  }

  private void enter(String path, Iterator<Map.Entry<String, PickleValue>> members) {
    if (!members.hasNext()) {
      return;
    }
    if (open.size() == MAX_DEPTH) {
      throw place.found("containers nested deeper than " + MAX_DEPTH, "at most so many");
    }
    open.addLast(members);
    prefixes.addLast(path.isEmpty() ? "" : path + ".");
  }

  private static Iterator<Map.Entry<String, PickleValue>> numbered(List<PickleValue> items) {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < items.size();
      }

      @Override
      public Map.Entry<String, PickleValue> next() {
        return Map.entry(Integer.toString(next), items.get(next++));
      }
    };
  }

  /// The tensor without axes of a number or truth value.
  static Tensor scalar(PickleValue value) {
    Storage storage =
        switch (value) {
          case Whole(long number) -> new Storage.Longs(new long[] {number});
          case Real(double number) -> new Storage.Doubles(new double[] {number});
          case Truth(boolean truth) -> new Storage.Bools(new boolean[] {truth});
          case View _, None _, Text _, Tuple _, Name _, Items _, Dictionary _, Elements _ ->
              throw new AssertionError(value);
        };
    return Tensor.over(storage, Shape.SCALAR);
  }
}
