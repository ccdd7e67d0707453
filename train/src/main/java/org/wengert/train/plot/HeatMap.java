package org.wengert.train.plot;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;
import org.wengert.train.metric.ConfusionMatrix;

/// A matrix as coloured cells: attention, a confusion matrix, correlations. Darker is more; a
/// matrix with negative numbers is blue below and red above a white zero. Cells that are not
/// finite are grey. The numbers are written into the cells where there is room.
///
/// ```java
/// HeatMap.of("attention", weights).rows("output", words).columns("input", letters).save(file);
/// ```
public final class HeatMap implements Plot {
  private static final int MOST = 2_048;
  private static final int GAP = 12;
  private static final Color UNKNOWN = new Color(0xB8, 0xB8, 0xB8);
  private static final Color MORE = new Color(0x08, 0x30, 0x6B);
  private static final Color POSITIVE = new Color(0xA5, 0x0F, 0x15);
  private static final Color NEGATIVE = new Color(0x08, 0x45, 0x94);

  private final String title;
  private final double[][] cells;
  private final List<List<String>> written;
  private final Side down;
  private final Side across;
  private final int cell;
  private final int left;
  private final int top;

  /// What is written along a side; no names means numbers from 0.
  private record Side(String title, List<String> names) {
    String name(int index) {
      return names.isEmpty() ? "" + index : names.get(index);
    }
  }

  private HeatMap(
      String title, double[][] cells, List<List<String>> written, Side down, Side across) {
    this.title = title;
    this.cells = cells;
    this.written = written;
    this.down = down;
    this.across = across;
    this.cell = Math.clamp(640 / Math.max(cells.length, cells[0].length), 1, 72);
    this.left = 40 + longest(down);
    this.top = 84;
  }

  private static int longest(Side side) {
    FontRenderContext context = new FontRenderContext(null, true, true);
    return side.names().stream()
        .mapToInt(n -> (int) Pen.SMALL.getStringBounds(Pen.plain(n), context).getWidth() + GAP)
        .map(width -> Math.min(width, 180))
        .max()
        .orElse(40);
  }

  /// A matrix, `(rows, columns)`.
  ///
  /// @throws ShapeException if it is no matrix, is empty, or has more than 2,048 rows or columns
  public static HeatMap of(String title, Tensor matrix) {
    if (matrix.rank() == 2 && matrix.count() == 0) {
      throw new ShapeException("a heat map of an empty matrix of shape " + matrix.shape())
          .hint("give at least one row and one column");
    }
    if (matrix.rank() != 2 || Math.max(matrix.size(0), matrix.size(1)) > MOST) {
      throw new ShapeException("a heat map of a tensor of shape " + matrix.shape())
          .hint("give a matrix of at most " + MOST + " rows and columns");
    }
    double[][] cells = matrix.to(DType.FLOAT64).toArray(double[][].class);
    return new HeatMap(
        title,
        cells,
        Stream.of(cells).map(HeatMap::numbers).toList(),
        new Side("", List.of()),
        new Side("", List.of()));
  }

  private static List<String> numbers(double[] row) {
    boolean whole = DoubleStream.of(row).allMatch(v -> v == Math.rint(v));
    return DoubleStream.of(row)
        .mapToObj(v -> whole ? Pen.number(v) : String.format(Locale.ROOT, "%.2f", v))
        .toList();
  }

  /// How often samples of each true class (row) were taken for each class (column). The colour of a
  /// cell is its share of its row, so that rare classes are seen as well as frequent ones.
  ///
  /// @param counts `(classes, classes)`
  /// @param classes their names; none for their numbers
  /// @throws ShapeException if there are no counts or not as many columns as rows
  /// @throws OptionException if there are not as many names as classes
  public static HeatMap confusion(String title, Tensor counts, List<String> classes) {
    HeatMap map = of(title, counts);
    if (map.cells.length != map.cells[0].length) {
      throw new ShapeException("a confusion matrix of shape " + counts.shape())
          .hint("give a row and a column for each class");
    }
    double[][] shares = Stream.of(map.cells).map(HeatMap::shares).toArray(double[][]::new);
    List<List<String>> written =
        map.written.stream()
            .map(row -> row.stream().map(t -> t.equals("0") ? "" : t).toList())
            .toList();
    return new HeatMap(title, shares, written, map.down, map.across)
        .rows("true", classes)
        .columns("predicted", classes);
  }

  /// How often samples of each class were taken for each class, under the names of the classes.
  public static HeatMap confusion(String title, ConfusionMatrix matrix) {
    return confusion(title, matrix.counts(), matrix.labels());
  }

  private static double[] shares(double[] counts) {
    double sum = Math.max(1, DoubleStream.of(counts).sum());
    return DoubleStream.of(counts).map(n -> n / sum).toArray();
  }

  /// This with a title and names for the rows; no names mean numbers from 0.
  ///
  /// @throws OptionException if there are not as many names as rows
  public HeatMap rows(String title, List<String> names) {
    return new HeatMap(this.title, cells, written, side(title, names, cells.length), across);
  }

  /// This with a title and names for the columns; no names mean numbers from 0.
  ///
  /// @throws OptionException if there are not as many names as columns
  public HeatMap columns(String title, List<String> names) {
    return new HeatMap(this.title, cells, written, down, side(title, names, cells[0].length));
  }

  private static Side side(String title, List<String> names, int count) {
    if (!names.isEmpty() && names.size() != count) {
      throw new OptionException(names.size() + " names for " + count + " of '" + title + "'")
          .hint("give a name for each, or none");
    }
    return new Side(title, List.copyOf(names));
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public int width() {
    return left + Math.max(cell * cells[0].length, 240) + 24;
  }

  @Override
  public int height() {
    return top + cell * cells.length + 24 + longest(across);
  }

  @Override
  public void paint(Graphics2D graphics) {
    Pen.clear(graphics, width(), height());
    graphics.setColor(Pen.INK);
    graphics.setFont(Pen.TITLE);
    Pen.write(graphics, title, GAP, 32, 0, width() - 2 * GAP);
    graphics.setFont(Pen.LABEL);
    int right = left + cell * cells[0].length;
    Pen.write(graphics, across.title(), (left + right) / 2.0, top - GAP, 0.5, right - left);
    int bottom = top + cell * cells.length;
    Pen.writeUpwards(graphics, down.title(), 24, (top + bottom) / 2.0, 0.5, bottom - top);
    paintCells(graphics);
    graphics.setColor(Pen.GREY);
    graphics.drawRect(left, top, right - left, bottom - top);
    nameRows(graphics);
    nameColumns(graphics, bottom);
  }

  private void paintCells(Graphics2D graphics) {
    double largest =
        Stream.of(cells)
            .flatMapToDouble(DoubleStream::of)
            .filter(Double::isFinite)
            .map(Math::abs)
            .max()
            .orElse(1);
    boolean signed = Stream.of(cells).flatMapToDouble(DoubleStream::of).anyMatch(v -> v < 0);
    graphics.drawImage(image(largest == 0 ? 1 : largest, signed), left, top, null);
    graphics.setFont(Pen.SMALL);
    if (fits(graphics.getFontMetrics())) {
      writeCells(graphics, largest == 0 ? 1 : largest);
    }
  }

  /// One image of all cells: as many rectangles would make files that no viewer opens.
  private BufferedImage image(double largest, boolean signed) {
    int width = cell * cells[0].length;
    BufferedImage image = new BufferedImage(width, cell * cells.length, BufferedImage.TYPE_INT_RGB);
    int[] line = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < width; x++) {
        boolean begins = x % cell == 0;
        line[x] =
            begins ? colour(cells[y / cell][x / cell] / largest, signed).getRGB() : line[x - 1];
      }
      image.setRGB(0, y, width, 1, line, 0, width);
    }
    return image;
  }

  private void writeCells(Graphics2D graphics, double largest) {
    for (int row = 0; row < cells.length; row++) {
      for (int column = 0; column < cells[row].length; column++) {
        boolean dark = Math.abs(cells[row][column]) / largest > 0.5;
        graphics.setColor(dark ? Color.WHITE : Pen.INK);
        double line = top + (row + 0.5) * cell + 5;
        double middle = left + (column + 0.5) * cell;
        Pen.write(graphics, written.get(row).get(column), middle, line, 0.5, cell);
      }
    }
  }

  private boolean fits(FontMetrics metrics) {
    return cell >= 24
        && written.stream().flatMap(List::stream).allMatch(t -> metrics.stringWidth(t) < cell - 2);
  }

  private static Color colour(double share, boolean signed) {
    if (!Double.isFinite(share)) {
      return UNKNOWN;
    }
    Color full = !signed ? MORE : share < 0 ? NEGATIVE : POSITIVE;
    return Pen.mix(Color.WHITE, full, Math.abs(share));
  }

  private void nameRows(Graphics2D graphics) {
    graphics.setColor(Pen.INK);
    graphics.setFont(Pen.SMALL);
    int stride = Math.ceilDiv(18, cell);
    for (int row = 0; row < cells.length; row += stride) {
      double line = top + (row + 0.5) * cell + 5;
      Pen.write(graphics, down.name(row), left - 6, line, 1, 180);
    }
  }

  /// Names below the columns, upright if they are too long for their column.
  private void nameColumns(Graphics2D graphics, int bottom) {
    int widest = longest(across);
    boolean upright = widest > cell && !across.names().isEmpty();
    int stride = Math.ceilDiv(upright ? 18 : across.names().isEmpty() ? 36 : 1, cell);
    for (int column = 0; column < cells[0].length; column += stride) {
      double x = left + (column + 0.5) * cell;
      if (upright) {
        Pen.writeUpwards(graphics, across.name(column), x + 5, bottom + 6, 1, 180);
      } else {
        Pen.write(graphics, across.name(column), x, bottom + 20, 0.5, 180);
      }
    }
  }
}
