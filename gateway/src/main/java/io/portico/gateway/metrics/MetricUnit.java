package io.portico.gateway.metrics;

import java.util.List;

/** The units of CloudWatch's model, by their number in files: the order is never changed. */
public final class MetricUnit {
  public static final String NONE = "None";
  public static final String COUNT = "Count";
  public static final String BYTES = "Bytes";
  public static final String MILLISECONDS = "Milliseconds";

  private static final List<String> ALL =
      List.of(
          NONE,
          COUNT,
          "Percent",
          "Seconds",
          "Microseconds",
          MILLISECONDS,
          BYTES,
          "Kilobytes",
          "Megabytes",
          "Gigabytes",
          "Terabytes",
          "Bits",
          "Kilobits",
          "Megabits",
          "Gigabits",
          "Terabits",
          "Bytes/Second",
          "Kilobytes/Second",
          "Megabytes/Second",
          "Gigabytes/Second",
          "Terabytes/Second",
          "Bits/Second",
          "Kilobits/Second",
          "Megabits/Second",
          "Gigabits/Second",
          "Terabits/Second",
          "Count/Second");

  private MetricUnit() {}

  /**
   * @throws IllegalArgumentException if there is no such unit
   */
  static int number(String unit) {
    int number = ALL.indexOf(unit);
    if (number < 0) {
      throw new IllegalArgumentException("no such unit: " + unit);
    }
    return number;
  }

  static String of(int number) {
    return ALL.get(number);
  }

  static boolean isNumber(int number) {
    return number >= 0 && number < ALL.size();
  }
}
