package org.wengert.train.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// [Curves] as XChart draws them.
final class Chart {
  private static final Color NOTHING = new Color(0, 0, 0, 0);

  private final XYChart chart;
  private final boolean logarithmic;

  private Chart(Curves.Axes axes) {
    chart = new XYChart(axes.width(), axes.height(), ChartTheme.Matlab);
    logarithmic = axes.logarithmic();
    chart.setTitle(Pen.fit(Pen.TITLE, axes.title(), axes.width() - 40));
    chart.setXAxisTitle(Pen.plain(axes.x()));
    chart.setYAxisTitle(Pen.plain(axes.y()));
    style(chart.getStyler(), axes);
  }

  static XYChart of(Curves curves) {
    Chart chart = new Chart(curves.axes());
    List<Curves.Layer> layers =
        curves.layers().stream().sorted(Comparator.comparing(l -> order(l.style()))).toList();
    for (Curves.Layer layer : layers) {
      chart.add(layer);
    }
    boolean many =
        layers.stream().anyMatch(l -> l.style() == Curves.Style.POINTS && l.xs().length > 400);
    chart.chart.getStyler().setMarkerSize(many ? 4 : 8);
    chart.finish(curves.axes().box());
    return chart.chart;
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

  private static void style(XYStyler styler, Curves.Axes axes) {
    styler.setLocale(Locale.ROOT);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(NOTHING); // what is behind the curves stays to be seen
    styler.setPlotGridLinesColor(new Color(0xE2, 0xE2, 0xE2));
    styler.setPlotGridLinesStroke(new BasicStroke(1));
    styler.setChartFontColor(Pen.INK);
    styler.setChartTitleFont(Pen.TITLE);
    styler.setChartTitleVisible(!axes.title().isEmpty());
    styler.setAxisTitleFont(Pen.LABEL);
    styler.setAxisTickLabelsFont(Pen.LABEL);
    styler.setXAxisTitleVisible(!axes.x().isEmpty());
    styler.setYAxisTitleVisible(!axes.y().isEmpty());
    styler.setLegendFont(Pen.LABEL);
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendLayout(LegendLayout.Horizontal);
    styler.setLegendBorderColor(NOTHING);
    styler.setXAxisTickLabelsFormattingFunction(Chart::number);
    styler.setYAxisTickLabelsFormattingFunction(Chart::number);
    styler.setYAxisLogarithmic(axes.logarithmic());
    styler.setLegendPadding(12);
    styler.setYAxisLeftWidthHint(84); // plots below one another stand in line
    styler.setXAxisTickMarkSpacingHint(axes.width() / 8);
    styler.setYAxisTickMarkSpacingHint(50);
  }

  /// As short as it can be said: `0.5`, `20`, `1e-6`.
  static String number(double value) {
    double size = Math.abs(value);
    if (size != 0 && (size < 1e-3 || size >= 1e6)) {
      String text = String.format(Locale.ROOT, "%.2e", value);
      return text.replaceFirst("\\.?0+e", "e").replaceFirst("e\\+?(-?)0*", "e$1");
    }
    String text = String.format(Locale.ROOT, "%.4f", value).replaceFirst("\\.?0+$", "");
    return text.equals("-0") ? "0" : text;
  }

  private void add(Curves.Layer layer) {
    Points points = Points.of(layer, logarithmic);
    if (points.xs().length == 0) {
      return; // an empty series would be an error
    }
    String id = "" + chart.getSeriesCollection().size(); // names may repeat, ids may not
    XYSeries series = chart.addSeries(id, points.xs(), points.ys());
    series.setLabel(Pen.plain(layer.name()));
    series.setShowInLegend(!layer.name().isEmpty());
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

  /// Sets what the axes show; there is something to see even if no number was finite.
  private void finish(Curves.Box box) {
    if (chart.getSeriesCollection().isEmpty()) {
      XYSeries nothing = chart.addSeries("0", new double[] {0, 1}, new double[] {0.1, 1});
      nothing.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
      nothing.setShowInLegend(false);
      nothing.setMarkerColor(NOTHING);
    }
    boolean named = chart.getSeriesCollection().stream().anyMatch(XYSeries::isShowInLegend);
    XYStyler styler = chart.getStyler();
    styler.setLegendVisible(named);
    if (logarithmic) {
      labelDecades(styler);
    }
    DoubleStream.of(box.left()).filter(Double::isFinite).forEach(styler::setXAxisMin);
    double first =
        chart.getSeriesCollection().stream().mapToDouble(XYSeries::getXMin).min().orElse(0);
    double last =
        chart.getSeriesCollection().stream().mapToDouble(XYSeries::getXMax).max().orElse(0);
    if (Double.isNaN(box.left()) && first > 0 && first < last / 8) {
      styler.setXAxisMin(0.0); // steps count from 1, which would be an odd place for a tick
    }
    DoubleStream.of(box.right()).filter(Double::isFinite).forEach(styler::setXAxisMax);
    DoubleStream.of(box.bottom()).filter(Double::isFinite).forEach(styler::setYAxisMin);
    DoubleStream.of(box.top()).filter(Double::isFinite).forEach(styler::setYAxisMax);
  }

  /// A logarithmic axis shows at least one whole decade, and not the name of every one of many.
  private void labelDecades(XYStyler styler) {
    DoubleSummaryStatistics ends =
        chart.getSeriesCollection().stream()
            .flatMapToDouble(s -> DoubleStream.of(s.getYMin(), s.getYMax()))
            .summaryStatistics();
    double low = Math.floor(Math.log10(ends.getMin()));
    double high = Math.max(Math.ceil(Math.log10(ends.getMax())), low + 1);
    if (ends.getMax() < 30 * ends.getMin()) {
      styler.setYAxisMin(Math.pow(10, low)).setYAxisMax(Math.pow(10, high));
    }
    styler.setYAxisLogarithmicDecadeOnly(high - low > 6);
    styler.setYAxisTickLabelsFormattingFunction(y -> decade(y, high - low));
  }

  /// The name of a tick where there is room for it: of few decades 1, 2 and 5, of many some.
  private static String decade(double y, double decades) {
    int power = (int) Math.floor(Math.log10(y) + 1e-9);
    long digit = Math.round(y / Math.pow(10, power));
    boolean named = decades <= 3 ? digit == 1 || digit == 2 || digit == 5 : digit == 1;
    return named && power % Math.ceil(decades / 10) == 0 ? number(y) : " ";
  }

  /// Paints a chart over what is there already.
  static void paint(XYChart chart, Graphics2D graphics) {
    chart.paint(graphics, chart.getWidth(), chart.getHeight());
  }
}
