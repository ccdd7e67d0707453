package org.wengert.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Puts the vertices of a graph into boxes: one for each part, and for what is still too long, one
/// for each run of consecutive steps, in levels, so that no open box shows more than about a
/// hundred things. The order of creation is a topological one; therefore lines between runs go one
/// way.
///
/// Holds state: the tree as far as it is built.
final class Boxes {
  private static final int MOST = 100;
  private static final int RUN = 24;

  private final Graph graph;
  private final Box whole = new Box(null);
  private final Box[] around; // of each vertex
  private final Map<Part, Box> ofParts = new LinkedHashMap<>();
  private final List<Box> parts = new ArrayList<>(); // outer ones first
  private final Map<Box, List<Item>> items = new LinkedHashMap<>();

  /// A vertex, or a box if that is not null; `last` is the last vertex inside.
  private record Item(int vertex, Box box, int last) {
    static Item of(Box box) {
      return new Item(-1, box, box.last);
    }

    boolean isBox() {
      return vertex < 0;
    }
  }

  private Boxes(Graph graph, Box[] around) {
    this.graph = graph;
    this.around = around;
  }

  /// All boxes, outer ones first, with what is in each; the first is the whole.
  ///
  /// @param around gets the innermost box around each vertex
  static List<Box> of(Graph graph, Box[] around) {
    Boxes boxes = new Boxes(graph, around);
    boxes.enter();
    boxes.parts.reversed().forEach(boxes::simplify);
    boxes.sort(boxes.whole);
    boxes.parts.forEach(boxes::sort);
    boxes.cut();
    return boxes.numbered();
  }

  private void enter() {
    items.put(whole, new ArrayList<>());
    for (Vertex vertex : graph.vertices()) {
      Box box = box(vertex.facts().part());
      around[vertex.id()] = box;
      items(box).add(new Item(vertex.id(), box, vertex.id()));
      for (Box at = box; at != null; at = at.parent) {
        at.last = vertex.id();
      }
    }
    for (Box box : parts) {
      items(box.around()).add(Item.of(box));
    }
  }

  private List<Item> items(Box box) {
    return items.computeIfAbsent(box, _ -> new ArrayList<>());
  }

  private Box box(Part part) {
    Deque<Part> missing = new ArrayDeque<>();
    Part at = part;
    while (at.parent() != null && !ofParts.containsKey(at)) {
      missing.push(at);
      at = at.parent();
    }
    Box box = ofParts.getOrDefault(at, whole);
    for (Part entered : missing) {
      Box inner = new Box(entered);
      inner.parent = box;
      inner.title = title(entered, box);
      ofParts.put(entered, inner);
      parts.add(inner);
      box = inner;
    }
    return box;
  }

  /// The path as seen from the box around.
  private static String title(Part part, Box parent) {
    String path = part.toString();
    String outer = parent.part == null ? "" : parent.part.path() + ".";
    return path.startsWith(outer) ? path.substring(outer.length()) : path;
  }

  /// Takes a box away that would have one thing in it and say nothing about it.
  private void simplify(Box box) {
    List<Item> inside = items(box);
    if (inside.size() != 1 || inside.getFirst().isBox() && !box.kind().isEmpty()) {
      return;
    }
    Item only = inside.getFirst();
    Box parent = box.around();
    items(parent).removeIf(item -> item.box() == box && item.isBox());
    items(parent).add(only.isBox() ? only : new Item(only.vertex(), parent, only.last()));
    if (only.isBox()) {
      only.box().parent = parent;
      only.box().title = box.title + "." + only.box().title;
    } else {
      around[only.vertex()] = parent;
    }
    items.remove(box);
  }

  private void sort(Box box) {
    if (items.containsKey(box)) {
      items.get(box).sort(Comparator.comparingInt(Item::last));
    }
  }

  private boolean isGiven(Item item) {
    return !item.isBox() && graph.vertex(item.vertex()).operands().isEmpty();
  }

  /// Cuts long boxes into runs; what is given goes to the run that uses it.
  private void cut() {
    List<Box> tooLong = new ArrayList<>();
    for (Map.Entry<Box, List<Item>> entry : List.copyOf(items.entrySet())) {
      if (entry.getValue().size() > MOST) {
        tooLong.add(entry.getKey());
      }
    }
    Map<Box, List<Item>> given = new LinkedHashMap<>();
    for (Box box : tooLong) {
      List<Item> steps = new ArrayList<>(items(box));
      steps.removeIf(this::isGiven);
      given.put(box, items(box).stream().filter(this::isGiven).toList());
      items.put(box, runs(box, steps));
    }
    measure();
    given.forEach((box, all) -> all.forEach(item -> give(item.vertex(), box)));
    for (Box box : List.copyOf(items.keySet())) {
      List<Item> kept = items(box);
      List<Item> all = kept.stream().filter(this::isGiven).toList();
      if (kept.size() > MOST && all.size() > RUN) {
        kept.removeIf(this::isGiven);
        kept.addAll(runs(box, all));
      }
      sort(box);
    }
    measure();
  }

  /// The things in boxes, these again in boxes, until few are left: as many in each as keeps the
  /// number of levels small and all about equally full.
  private List<Item> runs(Box box, List<Item> things) {
    List<Item> level = new ArrayList<>(things);
    double levels = Math.ceil(Math.log(things.size()) / Math.log(RUN));
    int size = (int) Math.ceil(Math.pow(things.size(), 1 / levels));
    while (level.size() > 2 * RUN) {
      int count = (level.size() + size - 1) / size;
      List<Item> next = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int from = (int) ((long) level.size() * i / count);
        int to = (int) ((long) level.size() * (i + 1) / count);
        next.add(Item.of(run(level.subList(from, to))));
      }
      level = next;
    }
    for (Item item : level) {
      place(item, box);
    }
    return level;
  }

  private Box run(List<Item> things) {
    Box run = new Box(null);
    run.last = things.getLast().last();
    run.title = name(things.getFirst(), true) + " … " + name(things.getLast(), false);
    things.forEach(item -> place(item, run));
    items.put(run, new ArrayList<>(things));
    return run;
  }

  /// The label of the first or last vertex, or the beginning or end of a run's title.
  private String name(Item item, boolean isFirst) {
    if (!item.isBox()) {
      return graph.vertex(item.vertex()).label();
    }
    String title = item.box().title;
    int dots = title.indexOf(" … ");
    boolean isRun = item.box().part == null && dots >= 0;
    return !isRun ? title : isFirst ? title.substring(0, dots) : title.substring(dots + 3);
  }

  private void place(Item item, Box parent) {
    if (item.isBox()) {
      item.box().parent = parent;
    } else {
      around[item.vertex()] = parent;
    }
  }

  /// Moves a given value from `box` into the innermost run that has all its uses; single numbers,
  /// which are weights, into parts, too.
  private void give(int vertex, Box box) {
    Box common = null;
    for (Edge use : graph.uses(graph.vertex(vertex))) {
      Box user = around[use.to()];
      common = common == null ? user : common(common, user);
    }
    Box target = common == null ? box : common;
    Vertex given = graph.vertex(vertex);
    if (!(given instanceof Vertex.Leaf) || given.value().count() != 1) {
      for (Box at = target; at != box; at = at.around()) {
        if (at.part != null) {
          target = at.around(); // data stays outside of parts
        }
      }
    }
    around[vertex] = target;
    items(target).add(new Item(vertex, target, vertex));
  }

  static Box common(Box a, Box b) {
    Box left = a;
    Box right = b;
    while (left != right) {
      if (left.depth >= right.depth) {
        left = left.around();
      } else {
        right = right.around();
      }
    }
    return left;
  }

  private void measure() {
    Deque<Box> open = new ArrayDeque<>(List.of(whole));
    while (!open.isEmpty()) {
      Box box = open.pop();
      for (Item item : items(box)) {
        if (item.isBox()) {
          item.box().depth = box.depth + 1;
          open.push(item.box());
        }
      }
    }
  }

  private List<Box> numbered() {
    List<Box> all = new ArrayList<>(List.of(whole));
    for (int i = 0; i < all.size(); i++) {
      Box box = all.get(i);
      box.id = i;
      for (Item item : items(box)) {
        if (item.isBox()) {
          box.inner.add(item.box());
        }
      }
      all.addAll(box.inner);
    }
    for (Box box : all) {
      for (Item item : items(box)) {
        box.items.add(item.isBox() ? Slot.box(item.box()) : Slot.vertex(item.vertex()));
      }
    }
    return all;
  }
}
