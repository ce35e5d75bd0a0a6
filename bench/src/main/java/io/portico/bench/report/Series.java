package io.portico.bench.report;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/** The values of one quantity, one a window, in the order they were measured. */
public record Series(List<Double> values) {

  public Series {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("a series needs a value");
    }
    values = List.copyOf(values);
  }

  public double least() {
    return sorted()[0];
  }

  public double greatest() {
    return sorted()[values.size() - 1];
  }

  public double median() {
    double[] sorted = sorted();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Half the distance between least and greatest, as a share of the median. */
  public double spread() {
    return (greatest() - least()) / 2 / median();
  }

  /** This divided by {@code other}, window by window: both met the same state of the machine. */
  public Series over(Series other) {
    return paired(other, (ours, theirs) -> ours / theirs);
  }

  /** How often each goes into {@code whole}. */
  Series dividing(double whole) {
    return new Series(values.stream().map(value -> whole / value).toList());
  }

  /** This less {@code other}, window by window. */
  public Series minus(Series other) {
    return paired(other, (ours, theirs) -> ours - theirs);
  }

  private Series paired(Series other, DoubleBinaryOperator operator) {
    if (other.values.size() != values.size()) {
      throw new IllegalArgumentException("series of different rounds");
    }
    Double[] results = new Double[values.size()];
    Arrays.setAll(
        results, window -> operator.applyAsDouble(values.get(window), other.values.get(window)));
    return new Series(List.of(results));
  }

  private double[] sorted() {
    return values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }
}
