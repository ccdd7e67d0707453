package org.wengert.train.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.Rectangle;
import java.awt.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// [Curves] as they are painted: XChart draws lines, markers and bands, a [Frame] is around them.
final class Chart {
  private static final Color NOTHING = new Color(0, 0, 0, 0);
  private static final int MANY = 400;

  private final Curves.Axes axes;
  private final List<Curves.Layer> layers;
  private final List<Drawn> drawn;
  private final boolean known;
  private final Frame frame;

  /// Connected points of a layer.
  private record Drawn(Curves.Layer layer, Points points) {}

  private Chart(Curves curves) {
    axes = curves.axes();
    layers = curves.layers();
    drawn = new ArrayList<>();
    for (Curves.Layer layer :
        layers.stream().sorted(Comparator.comparingInt(l -> order(l.style()))).toList()) {
      for (Points points : Points.of(layer, axes.logarithmic())) {
        drawn.add(new Drawn(layer, points));
      }
    }
    Curves.Box given = axes.ends();
    double[] x = ends(given.left(), given.right(), Points::xs, 0.02);
    double[] y = ends(given.bottom(), given.top(), Points::ys, 0.05);
    known = Double.isFinite(x[0] + x[1] + y[0] + y[1]);
    if (known && Double.isNaN(given.left()) && steps(x[1])) {
      x[0] = 0; // steps count from 1, which would be an odd place to begin
    }
    Curves.Box box = known ? new Curves.Box(x[0], x[1], y[0], y[1]) : Curves.Box.OPEN;
    frame = Frame.of(axes, layers, box);
  }

  static Chart of(Curves curves) {
    return new Chart(curves);
  }

  private boolean steps(double right) {
    double first = drawn.stream().flatMapToDouble(d -> d.points.finiteXs()).min().orElse(0);
    return first > 0 && first < right / 8;
  }

  Frame frame() {
    return frame;
  }

  /// Bands lie below lines, lines below points.
  private static int order(Curves.Style style) {
    return switch (style) {
      case BAND -> 0;
      case FAINT -> 1;
      case LINE, DOTTED_LINE -> 2;
      case POINTS -> 3;
    };
  }

  /// The ends of an axis: as given, otherwise a little beyond the numbers; `NaN` if there are none.
  private double[] ends(double low, double high, Function<Points, double[]> of, double margin) {
    DoubleSummaryStatistics all =
        drawn.stream()
            .flatMapToDouble(d -> DoubleStream.of(of.apply(d.points)))
            .filter(Double::isFinite)
            .summaryStatistics();
    boolean none = all.getCount() == 0;
    double first =
        !Double.isNaN(low) ? low : none ? Double.NaN : Math.min(all.getMin(), high(high, all));
    double last = !Double.isNaN(high) ? high : none ? Double.NaN : Math.max(all.getMax(), first);
    double width = last - first;
    double room = width > 0 ? margin * width : first == 0 ? 1 : Math.abs(first) * 0.1;
    return new double[] {
      Double.isNaN(low) ? first - room : first, Double.isNaN(high) ? last + room : last
    };
  }

  private static double high(double high, DoubleSummaryStatistics all) {
    return Double.isNaN(high) ? all.getMin() : high;
  }

  /// Paints the chart on what is white already.
  void paint(Graphics2D graphics) {
    frame.paintGrid(graphics);
    paintCurves(graphics);
    frame.paint(graphics);
  }

  /// Paints the chart over an image that fills it.
  void paint(Graphics2D graphics, Image behind) {
    Rectangle area = frame.area();
    graphics.drawImage(behind, area.x, area.y, area.width, area.height, null);
    paintCurves(graphics);
    frame.paint(graphics);
  }

  private void paintCurves(Graphics2D graphics) {
    Rectangle area = frame.area();
    if (!known) {
      boolean nothing = layers.stream().allMatch(l -> l.xs().length == 0);
      graphics.setColor(Pen.GREY);
      graphics.setFont(Pen.LABEL);
      String text = nothing ? "nothing yet" : "no finite numbers";
      Pen.write(graphics, text, area.getCenterX(), area.getCenterY(), 0.5, area.width);
      return;
    }
    Shape clip = graphics.getClip();
    graphics.clipRect(area.x, area.y, area.width, area.height);
    graphics.translate(area.x, area.y);
    if (drawn.stream().anyMatch(d -> !isCloud(d))) {
      XYChart chart = inside();
      chart.paint(graphics, area.width, area.height);
    }
    for (Drawn cloud : drawn.stream().filter(Chart::isCloud).toList()) {
      Cloud.of(cloud.points, frame, Pen.colour(cloud.layer.colour())).paint(graphics);
    }
    graphics.translate(-area.x, -area.y);
    graphics.setClip(clip);
  }

  private static boolean isCloud(Drawn drawn) {
    return drawn.layer.style() == Curves.Style.POINTS && drawn.points.xs().length > Cloud.LEAST;
  }

  /// Nothing but the curves, from edge to edge.
  private XYChart inside() {
    XYChart chart = new XYChart(frame.area().width, frame.area().height, ChartTheme.Matlab);
    XYStyler styler = chart.getStyler();
    styler.setChartBackgroundColor(NOTHING);
    styler.setPlotBackgroundColor(NOTHING);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesVisible(false);
    styler.setChartTitleVisible(false);
    styler.setAxisTitlesVisible(false);
    styler.setAxisTicksVisible(false);
    styler.setPlotTicksMarksVisible(false);
    styler.setLegendVisible(false);
    styler.setChartPadding(0);
    styler.setPlotMargin(0);
    styler.setPlotContentSize(1);
    styler.setXAxisMin(frame.x().low()).setXAxisMax(frame.x().high());
    styler.setYAxisMin(frame.y().low()).setYAxisMax(frame.y().high());
    boolean many = drawn.stream().anyMatch(d -> isPoints(d) && d.points.xs().length > MANY);
    styler.setMarkerSize(many ? 4 : 8);
    drawn.stream().filter(d -> !isCloud(d)).forEach(d -> add(chart, d.layer, d.points));
    return chart;
  }

  private static boolean isPoints(Drawn drawn) {
    return drawn.layer.style() == Curves.Style.POINTS;
  }

  private static void add(XYChart chart, Curves.Layer layer, Points points) {
    String id = "" + chart.getSeriesCollection().size(); // names may repeat, ids may not
    XYSeries series = chart.addSeries(id, points.xs(), points.ys());
    Color colour = Pen.colour(layer.colour());
    boolean dots =
        layer.style() == Curves.Style.POINTS
            || layer.style() == Curves.Style.DOTTED_LINE
            || points.xs().length == 1;
    series.setMarker(dots ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    series.setMarkerColor(layer.style() == Curves.Style.POINTS ? Pen.faint(colour, 0.8) : colour);
    series.setLineColor(layer.style() == Curves.Style.FAINT ? Pen.faint(colour, 0.3) : colour);
    series.setLineStyle(new BasicStroke(layer.style() == Curves.Style.FAINT ? 1 : 2.4f));
    switch (layer.style()) {
      case POINTS -> series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
      case BAND -> {
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
        series.setFillColor(Pen.faint(colour, 0.22));
        series.setLineColor(NOTHING);
      }
      default -> series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
    }
  }
}
