package org.wengert.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Coordinates of a layout with some boxes open: columns beside each other, each thing at the mean
/// height of what it is connected with as far as its neighbours in the column let it. The page's
/// script does the same in its `page-layout.js`.
///
/// Holds state while it is made.
final class Coordinates {
  static final double HEADER = 28;
  static final double PADDING = 16;
  private static final double BETWEEN_COLUMNS = 46;
  private static final double BETWEEN_ROWS = 14;
  private static final double PASSAGE = 4;
  private static final int SWEEPS = 6;
  private static final int STRAIGHT = 8; // how much more a line that passes wants to be straight

  private final Layout layout;
  private final boolean[] open;
  private final List<Route> routes;
  private final Rows rows;
  private final Map<Slot, Card> cards = new LinkedHashMap<>();
  private final Map<Place, double[]> frames = new LinkedHashMap<>(); // x, y, width, height
  private final Map<Place, Map<Place, Boolean>> neighbours = new LinkedHashMap<>();

  /// A place in a column of a box.
  private record Place(int box, int column, Slot slot) {
    static Place of(Route.Stop stop) {
      return new Place(stop.box().id, stop.column(), stop.slot());
    }
  }

  private Coordinates(Layout layout, boolean[] open, double room) {
    this.layout = layout;
    this.rows = new Rows(room);
    this.open = open;
    this.routes = Route.all(layout, open);
  }

  /// Coordinates with these boxes open, no wider than there is room if columns allow it.
  static Coordinates of(Layout layout, boolean[] open, double room) {
    Coordinates drawing = new Coordinates(layout, open, room);
    drawing.connect();
    List<Box> shown = layout.boxes().stream().filter(drawing::isShownOpen).toList();
    shown.reversed().forEach(drawing::arrange);
    shown.forEach(drawing::move);
    return drawing;
  }

  private boolean isShownOpen(Box box) {
    boolean shown = true;
    for (Box at = box; at != null; at = at.parent) {
      shown &= open[at.id];
    }
    return shown;
  }

  List<Route> routes() {
    return routes;
  }

  /// What is written on the vertices and closed boxes that are shown.
  Map<Slot, Card> cards() {
    return cards;
  }

  /// Left, top, width and height of the whole or of an open box.
  double[] frame(Box box) {
    return box.parent == null
        ? frames.getOrDefault(new Place(-1, 0, Slot.box(box)), new double[4])
        : frame(new Route.Stop(box.parent, box.parent.column(Slot.box(box)), Slot.box(box)));
  }

  /// Left, top, width and height of a place.
  double[] frame(Route.Stop stop) {
    return frames.getOrDefault(Place.of(stop), new double[4]);
  }

  private double[] frame(Place place) {
    return Objects.requireNonNull(frames.get(place));
  }

  /// The corners on the way between places in different rows; none if they are in one.
  List<double[]> wayAround(Route.Stop stop, Route.Stop next, double[] from, double[] to) {
    return rows.way(stop, next, from, to, this);
  }

  /// The frames in each column of a box.
  private List<List<double[]>> frames(Box box) {
    List<List<double[]>> columns = new ArrayList<>();
    for (int c = 0; c < box.columns.size(); c++) {
      List<double[]> column = new ArrayList<>();
      for (Slot slot : box.columns.get(c)) {
        column.add(frame(new Route.Stop(box, c, slot)));
      }
      columns.add(column);
    }
    return columns;
  }

  private void connect() {
    for (Route route : routes) {
      for (int i = 1; i < route.stops().size(); i++) {
        Place from = Place.of(route.stops().get(i - 1));
        Place to = Place.of(route.stops().get(i));
        if (from.box == to.box) {
          neighbours.computeIfAbsent(from, _ -> new LinkedHashMap<>()).put(to, true);
          neighbours.computeIfAbsent(to, _ -> new LinkedHashMap<>()).put(from, true);
        }
      }
    }
  }

  /// Sizes and coordinates inside an open box, those of the boxes in it being known.
  private void arrange(Box box) {
    double x = PADDING;
    for (int c = 0; c < box.columns.size(); c++) {
      double width = 0;
      for (Slot slot : box.columns.get(c)) {
        double[] size = frames.computeIfAbsent(new Place(box.id, c, slot), this::size);
        width = Math.max(width, size[2]);
      }
      for (Slot slot : box.columns.get(c)) {
        double[] frame = frame(new Place(box.id, c, slot));
        frame[0] = slot.isPassage() ? x : x + (width - frame[2]) / 2;
        frame[2] = slot.isPassage() ? width : frame[2];
      }
      x += width + BETWEEN_COLUMNS;
    }
    for (int c = 0; c < box.columns.size(); c++) {
      spread(box, c, 0);
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int i = 0; i < box.columns.size(); i++) {
        int c = sweep % 2 == 0 ? i : box.columns.size() - 1 - i;
        spread(box, c, sweep >= SWEEPS - 2 ? 2 : sweep % 2 == 0 ? -1 : 1);
      }
    }
    close(box, rows.breakUp(box, frames(box), x - BETWEEN_COLUMNS + PADDING));
  }

  /// Moves what is inside below the header and sets the size of the box.
  private void close(Box box, double width) {
    List<double[]> inside = frames(box).stream().flatMap(List::stream).toList();
    double top = inside.stream().mapToDouble(f -> f[1]).min().orElse(0);
    double bottom = inside.stream().mapToDouble(f -> f[1] + f[3]).max().orElse(0);
    double shift = (box.parent == null ? PADDING : HEADER + PADDING / 2) - top;
    inside.forEach(frame -> frame[1] += shift);
    rows.shift(box, shift);
    Slot slot = Slot.box(box);
    double title = Card.SIGN * (Card.clipped(box.title).length() + box.kind().length() + 8);
    Place place =
        box.parent == null
            ? new Place(-1, 0, slot)
            : new Place(box.parent.id, box.parent.column(slot), slot);
    frames.put(place, new double[] {0, 0, Math.max(width, title), bottom + shift + PADDING});
  }

  private double[] size(Place place) {
    Slot slot = place.slot;
    if (slot.isPassage()) {
      return new double[] {0, 0, 0, PASSAGE};
    }
    Card card =
        slot.kind() == Slot.Kind.VERTEX
            ? Card.of(layout.graph().vertex(slot.id()))
            : Card.of(layout.boxes().get(slot.id()), layout.count(slot.id()));
    cards.put(slot, card);
    return new double[] {0, 0, card.width(), card.height()};
  }

  /// Moves the things in a column towards the mean of their neighbours on one side (-1 left, 1
  /// right, 2 both), or stacks them (0).
  private void spread(Box box, int column, int side) {
    List<Slot> slots = box.columns.get(column);
    double[] offsets = new double[slots.size()];
    double[] wanted = new double[slots.size()];
    double before = 0;
    double at = 0;
    for (int i = 0; i < slots.size(); i++) {
      Place place = new Place(box.id, column, slots.get(i));
      double[] frame = frame(place);
      at += i == 0 ? 0 : (before + frame[3]) / 2 + BETWEEN_ROWS;
      before = frame[3];
      offsets[i] = at;
      wanted[i] = (side == 0 ? 0 : middle(place, side)) - at;
    }
    monotone(wanted, slots.stream().mapToInt(s -> s.isPassage() ? STRAIGHT : 1).toArray());
    for (int i = 0; i < slots.size(); i++) {
      double[] frame = frame(new Place(box.id, column, slots.get(i)));
      double centre = wanted[i] + offsets[i] - (side == 0 ? at / 2 : 0);
      frame[1] = centre - frame[3] / 2;
    }
  }

  /// The mean height of the neighbours, or its own if there are none on that side.
  private double middle(Place place, int side) {
    double sum = 0;
    int count = 0;
    for (Place other : neighbours.getOrDefault(place, Map.of()).keySet()) {
      if (side == 2 || side < 0 == other.column < place.column) {
        double[] frame = frame(other);
        int weight = place.slot.isPassage() && other.slot.isPassage() ? STRAIGHT : 1;
        sum += weight * (frame[1] + frame[3] / 2);
        count += weight;
      }
    }
    double[] own = frame(place);
    return count == 0 ? own[1] + own[3] / 2 : sum / count;
  }

  /// The nearest sequence that does not decrease, by pooling neighbours that do.
  private static void monotone(double[] x, int[] weights) {
    double[] sums = new double[x.length];
    int[] heavy = new int[x.length];
    int[] counts = new int[x.length];
    int blocks = 0;
    for (int i = 0; i < x.length; i++) {
      sums[blocks] = x[i] * weights[i];
      heavy[blocks] = weights[i];
      counts[blocks++] = 1;
      while (blocks > 1
          && sums[blocks - 2] / heavy[blocks - 2] > sums[blocks - 1] / heavy[blocks - 1]) {
        blocks--;
        sums[blocks - 1] += sums[blocks];
        heavy[blocks - 1] += heavy[blocks];
        counts[blocks - 1] += counts[blocks];
      }
    }
    int at = 0;
    for (int block = 0; block < blocks; block++) {
      Arrays.fill(x, at, at + counts[block], sums[block] / heavy[block]);
      at += counts[block];
    }
  }

  /// Adds the corner of an open box to what is inside.
  private void move(Box box) {
    double[] outer = frame(box);
    for (List<double[]> column : frames(box)) {
      for (double[] frame : column) {
        frame[0] += outer[0];
        frame[1] += outer[1];
      }
    }
  }

  /// The open boxes without the whole, outer ones first.
  List<Box> openBoxes() {
    return layout.boxes().stream()
        .filter(box -> box.parent != null && isShownOpen(box))
        .sorted(Comparator.comparingInt(box -> box.depth))
        .toList();
  }
}
