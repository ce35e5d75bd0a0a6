package io.portico.bench.report;

import java.util.List;

/** Figures that stand for themselves, as a table in Markdown. */
public final class FigureTable {

  /**
   * One of them.
   *
   * @param measured with its unit
   */
  public record Figure(String what, String measured) {}

  private FigureTable() {}

  public static String markdown(List<Figure> figures) {
    StringBuilder table = new StringBuilder("| figure | measured |\n|---|---|\n");
    for (Figure figure : figures) {
      table
          .append("| ")
          .append(figure.what())
          .append(" | ")
          .append(figure.measured())
          .append(" |\n");
    }
    return table.toString();
  }
}
