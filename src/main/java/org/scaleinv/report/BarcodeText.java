package org.scaleinv.report;

import org.scaleinv.engine.Diagram;
import org.scaleinv.engine.Diagram.Representatives;

/** Barcodes in Ripser's words and digits, so that what reads its output reads this. */
public final class BarcodeText {
  private final HomologyReport report;
  private final StringBuilder text = new StringBuilder();

  private BarcodeText(HomologyReport report) {
    this.report = report;
  }

  public static String of(HomologyReport report) {
    var form = new BarcodeText(report);
    form.head();
    report.homology().diagrams().forEach(form::diagram);
    return form.text.toString();
  }

  private void head() {
    HomologyReport.Input input = report.input();
    if (input.coordinates() != null) {
      text.append("point cloud with ").append(input.points()).append(" points in dimension ")
          .append(input.coordinates()).append('\n');
    }
    if (report.range() != null) {
      text.append("value range: [").append(SixDigits.of(report.range().least())).append(',')
          .append(SixDigits.of(report.range().greatestFinite())).append("]\n");
    }
    if (!input.graph() && Float.isNaN(report.rips().threshold())) {
      text.append("distance matrix with ").append(input.points())
          .append(" points, using threshold at enclosing radius ")
          .append(SixDigits.of(report.homology().threshold())).append('\n');
    } else {
      text.append("sparse distance matrix with ").append(input.points()).append(" points and ")
          .append(input.graph() ? input.pairs() : report.homology().edges()).append('/')
          .append(input.points() * (input.points() - 1) / 2).append(" entries\n");
    }
  }

  private void diagram(Diagram diagram) {
    text.append("persistence intervals in dim ").append(diagram.dimension()).append(":\n");
    for (int pair = 0; pair < diagram.size(); pair++) {
      float death = diagram.deaths()[pair];
      text.append(" [");
      SixDigits.append(text, diagram.births()[pair]);
      text.append(',');
      if (death == Float.POSITIVE_INFINITY) {
        text.append(' ');
      } else {
        SixDigits.append(text, death);
      }
      text.append(')');
      if (diagram.representatives() != null) {
        cocycle(diagram, pair);
      }
      text.append('\n');
    }
  }

  private void cocycle(Diagram diagram, int pair) {
    Representatives carried = diagram.representatives();
    int vertices = diagram.dimension() + 1;
    text.append(":  {");
    for (long entry = carried.offsets()[pair]; entry < carried.offsets()[pair + 1]; entry++) {
      text.append(entry == carried.offsets()[pair] ? "[" : ", [");
      for (int v = 0; v < vertices; v++) {
        text.append(v == 0 ? "" : ",").append(carried.simplices()[(int) entry * vertices + v]);
      }
      text.append("] (").append(carried.coefficients()[(int) entry]).append(')');
    }
    text.append('}');
  }
}
