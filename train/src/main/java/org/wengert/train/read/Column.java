package org.wengert.train.read;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.OptionException;

/// What a column of a CSV file means: a number or a category that goes into a model, or the class
/// or number that should come out. Immutable.
///
/// ```
/// Column.number("age").orMean()          // missing ages become the mean of the others
/// Column.category("size", "S", "M", "L") // three features, of which one is 1
/// Column.category("town").orOther("else") // towns are learned, missing and new ones are "else"
/// Column.label("bought")                 // the class; classes are learned, and sorted
/// ```
///
/// Columns are found by their names in the header, or by their positions from 0.
public final class Column {
  private final Kind kind;
  private final @Nullable String name;
  private final int position;
  private final List<String> values;
  private final @Nullable String instead;
  private final Gap gap;

  private Column(
      Kind kind,
      @Nullable String name,
      int position,
      List<String> values,
      @Nullable String instead,
      Gap gap) {
    this.kind = kind;
    this.name = name;
    this.position = position;
    this.values = values;
    this.instead = instead;
    this.gap = gap;
  }

  /// What becomes of values that are missing.
  private enum Gap {
    REFUSED,
    MEAN,
    FILLED,
    FILLED_OR_OTHER
  }

  /// What a column can mean.
  enum Kind {
    NUMBER,
    CATEGORY,
    LABEL,
    TARGET;

    boolean isInput() {
      return this == NUMBER || this == CATEGORY;
    }

    boolean isNumeric() {
      return this == NUMBER || this == TARGET;
    }
  }

  /// A number that goes into the model.
  public static Column number(String name) {
    return new Column(Kind.NUMBER, name, -1, List.of(), null, Gap.REFUSED);
  }

  /// The number at a position, from 0.
  public static Column number(int position) {
    return new Column(Kind.NUMBER, null, checked(position), List.of(), null, Gap.REFUSED);
  }

  /// A category that goes into the model, as so many features as there are categories: 1 for the
  /// one that it is, 0 for the others.
  ///
  /// @param values the categories, in the order of the features; if none are given, they are
  ///     learned from a file, and sorted
  public static Column category(String name, String... values) {
    return new Column(Kind.CATEGORY, name, -1, distinct(values), null, Gap.REFUSED);
  }

  /// The category at a position, from 0.
  ///
  /// @param values the categories; if none are given, they are learned from a file, and sorted
  public static Column category(int position, String... values) {
    return new Column(Kind.CATEGORY, null, checked(position), distinct(values), null, Gap.REFUSED);
  }

  /// The class that should come out, as its number.
  ///
  /// @param classes their names, in the order of their numbers; if none are given, they are learned
  ///     from a file, and sorted
  public static Column label(String name, String... classes) {
    return new Column(Kind.LABEL, name, -1, distinct(classes), null, Gap.REFUSED);
  }

  /// The class at a position, from 0.
  ///
  /// @param classes their names; if none are given, they are learned from a file, and sorted
  public static Column label(int position, String... classes) {
    return new Column(Kind.LABEL, null, checked(position), distinct(classes), null, Gap.REFUSED);
  }

  /// A number that should come out.
  public static Column target(String name) {
    return new Column(Kind.TARGET, name, -1, List.of(), null, Gap.REFUSED);
  }

  /// The number at a position, from 0, which should come out.
  public static Column target(int position) {
    return new Column(Kind.TARGET, null, checked(position), List.of(), null, Gap.REFUSED);
  }

  /// With the mean of the numbers that are there for those that are missing. The mean is learned
  /// from one file, and used for others, too. Without this, a missing number is an error.
  ///
  /// @throws OptionException if this is no number that goes into the model
  public Column orMean() {
    require(kind == Kind.NUMBER, "orMean()");
    return new Column(kind, name, position, values, null, Gap.MEAN);
  }

  /// With this number for those that are missing.
  ///
  /// @throws OptionException if this is no number that goes into the model, or `value` is not
  ///     finite
  public Column or(double value) {
    require(kind == Kind.NUMBER && Double.isFinite((float) value), "or(" + value + ")");
    return new Column(kind, name, position, values, Double.toString(value), Gap.FILLED);
  }

  /// With this category where none is given. It must be among those that were declared; to those
  /// that are learned it is added, as the last one, whether a value is missing in that file or not.
  ///
  /// @throws OptionException if this is no category, or `value` is not declared
  public Column or(String value) {
    return filled("or(\"" + value + "\")", value, Gap.FILLED);
  }

  /// The same for categories that are not known, too: for files with towns that were not in the one
  /// that was learned from. Without this, they are an error.
  ///
  /// @throws OptionException if this is no category, or `value` is not declared
  public Column orOther(String value) {
    return filled("orOther(\"" + value + "\")", value, Gap.FILLED_OR_OTHER);
  }

  private Column filled(String what, String value, Gap filled) {
    require(kind == Kind.CATEGORY && (values.isEmpty() || values.contains(value)), what);
    return new Column(kind, name, position, values, value, filled);
  }

  /// With these values, which were learned.
  Column withValues(List<String> learned) {
    return new Column(kind, name, position, List.copyOf(learned), instead, gap);
  }

  Kind kind() {
    return kind;
  }

  /// Its name in the header; null if it was given by position.
  @Nullable String name() {
    return name;
  }

  int position() {
    return position;
  }

  /// The categories or classes; none if they are to be learned.
  List<String> values() {
    return values;
  }

  /// What is read instead of a missing value; null if that is an error, or the mean.
  @Nullable String instead() {
    return instead;
  }

  /// Whether missing values become the mean.
  boolean mean() {
    return gap == Gap.MEAN;
  }

  /// Whether categories that are not known become what is read instead of a missing value.
  boolean takesOthers() {
    return gap == Gap.FILLED_OR_OTHER;
  }

  /// How many features it gives.
  int features() {
    return kind == Kind.CATEGORY ? values.size() : 1;
  }

  private void require(boolean holds, String what) {
    if (!holds) {
      throw new OptionException("no " + what + " for " + this)
          .hint("numbers take orMean() or a number, categories one of their values");
    }
  }

  private static int checked(int position) {
    if (position < 0) {
      throw new OptionException("no column " + position).hint("columns are numbered from 0");
    }
    return position;
  }

  private static List<String> distinct(String... values) {
    List<String> list = List.of(values);
    if (list.stream().distinct().count() < list.size()) {
      throw new OptionException("a value is there twice among " + list).hint("name each once");
    }
    return list;
  }

  @Override
  public String toString() {
    return kind.name().toLowerCase(java.util.Locale.ROOT) + " " + shown();
  }

  /// As errors call it.
  String shown() {
    return "column " + (name == null ? String.valueOf(position) : "\"" + name + "\"");
  }
}
