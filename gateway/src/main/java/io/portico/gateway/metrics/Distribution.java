package io.portico.gateway.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Values of a period: how many, their sum, the least and the greatest, and how they are spread, by
 * which percentiles are found to a hundredth of their value. Of values that are all the least or
 * the greatest, percentiles are exact: a count of ones and zeros has no other.
 *
 * <p>AWS: statistic sets say nothing of how values are spread, unless all are the same, and where a
 * value is negative there are no percentiles; source: documented, GetMetricStatistics.
 */
public final class Distribution {
  /** Values of a bucket differ by no more than a fiftieth. */
  private static final double LOG_OF_BASE = Math.log(1.02);

  /** How far values may be from those that are near them, where they come in wider groups. */
  private static final double LEAST_FACTOR = 0.95;

  private static final double GREATEST_FACTOR = 1.05;

  /** That of zero: any below those of the smallest doubles. */
  static final int ZERO = -1_000_000;

  private double count;
  private double sum;
  private double minimum = Double.POSITIVE_INFINITY;
  private double maximum = Double.NEGATIVE_INFINITY;
  private boolean spreadKnown = true;

  /** Weights by bucket; null while all values are the least or the greatest. */
  private @Nullable NavigableMap<Integer, Double> buckets;

  /** Of some equal values. */
  public static Distribution of(double value, double count) {
    Distribution distribution = new Distribution();
    distribution.add(value, count);
    return distribution;
  }

  /** Of values whose spread is not known, unless they are all the same. */
  public static Distribution ofStatistics(
      double count, double sum, double minimum, double maximum) {
    Distribution distribution = new Distribution();
    distribution.count = count;
    distribution.sum = sum;
    distribution.minimum = minimum;
    distribution.maximum = maximum;
    distribution.spreadKnown = minimum == maximum || count == 1;
    return distribution;
  }

  /**
   * Of values that are known by what they are near.
   *
   * @param near a value for each group of them
   * @param weights how many there are in each
   */
  public static Distribution ofGroups(
      double sum, double minimum, double maximum, double[] near, double[] weights) {
    Distribution distribution = new Distribution();
    TreeMap<Integer, Double> into = new TreeMap<>();
    for (int i = 0; i < near.length; i++) {
      into.merge(bucket(near[i]), weights[i], Double::sum);
      distribution.count += weights[i];
    }
    distribution.buckets = into;
    distribution.sum = sum;
    distribution.minimum = minimum;
    distribution.maximum = maximum;
    return distribution;
  }

  /** Of zeros and ones. */
  public static Distribution ofOnes(double ones, double count) {
    Distribution distribution = new Distribution();
    distribution.add(1, Math.min(ones, count));
    distribution.add(0, count - Math.min(ones, count));
    return distribution;
  }

  /** As it was written. */
  static Distribution ofStored(
      double[] statistics, boolean spreadKnown, @Nullable NavigableMap<Integer, Double> buckets) {
    Distribution distribution =
        ofStatistics(statistics[0], statistics[1], statistics[2], statistics[3]);
    distribution.spreadKnown = spreadKnown;
    distribution.buckets = buckets;
    return distribution;
  }

  public boolean isEmpty() {
    return count == 0;
  }

  public double count() {
    return count;
  }

  public double sum() {
    return sum;
  }

  public double minimum() {
    return minimum;
  }

  public double maximum() {
    return maximum;
  }

  public double average() {
    return sum / count;
  }

  /** Whether percentiles can be told. */
  public boolean hasPercentiles() {
    return spreadKnown && minimum >= 0;
  }

  boolean spreadKnown() {
    return spreadKnown;
  }

  @Nullable Map<Integer, Double> buckets() {
    return buckets;
  }

  /** Adds a value as often as this. */
  public void add(double value, double times) {
    if (times <= 0) {
      return;
    }
    boolean two = buckets == null && (isEmpty() || isOneOfTwo(value));
    if (!two && spreadKnown) {
      spread().merge(bucket(value), times, Double::sum);
    }
    count += times;
    sum += value * times;
    minimum = Math.min(minimum, value);
    maximum = Math.max(maximum, value);
  }

  private boolean isOneOfTwo(double value) {
    return minimum == maximum || value == minimum || value == maximum;
  }

  /** Adds all values of another. */
  public void add(Distribution other) {
    if (other.isEmpty()) {
      return;
    }
    if (spreadKnown && other.spreadKnown && other.buckets == null) {
      add(other.minimum, other.count - other.ofMaximum());
      add(other.maximum, other.ofMaximum());
      return;
    }
    if (spreadKnown && other.spreadKnown && other.buckets != null) {
      NavigableMap<Integer, Double> into = spread();
      other.buckets.forEach((bucket, weight) -> into.merge(bucket, weight, Double::sum));
    } else {
      spreadKnown = false;
      buckets = null;
    }
    count += other.count;
    sum += other.sum;
    minimum = Math.min(minimum, other.minimum);
    maximum = Math.max(maximum, other.maximum);
  }

  /** How many of the least and the greatest, which are all there are, are the greatest. */
  private double ofMaximum() {
    return minimum == maximum
        ? 0
        : Math.clamp((sum - count * minimum) / (maximum - minimum), 0, count);
  }

  private NavigableMap<Integer, Double> spread() {
    NavigableMap<Integer, Double> known = buckets;
    if (known == null) {
      known = new TreeMap<>();
      if (!isEmpty()) {
        double greatest = ofMaximum();
        if (count > greatest) {
          known.merge(bucket(minimum), count - greatest, Double::sum);
        }
        if (greatest > 0) {
          known.merge(bucket(maximum), greatest, Double::sum);
        }
      }
      buckets = known;
    }
    return known;
  }

  /**
   * The value that a part of the values do not exceed.
   *
   * @param percent from 0 to 100
   * @throws IllegalStateException if percentiles cannot be told
   */
  public double percentile(double percent) {
    if (!hasPercentiles()) {
      throw new IllegalStateException("no percentiles");
    }
    double rank = percent / 100 * count;
    if (percent <= 0) {
      return minimum;
    }
    if (percent >= 100) {
      return maximum;
    }
    NavigableMap<Integer, Double> known = buckets;
    if (known == null) {
      return rank <= count - ofMaximum() ? minimum : maximum;
    }
    double passed = 0;
    for (Map.Entry<Integer, Double> bucket : known.entrySet()) {
      passed += bucket.getValue();
      if (passed >= rank) {
        return near(bucket.getKey());
      }
    }
    return maximum;
  }

  /**
   * Values that are taken for the same.
   *
   * @param count how many there are
   */
  public record Group(double value, double count) {}

  /**
   * All values by what they are near, each but once, the least first. The least and the greatest
   * are exact, and the sum is within a hundredth, unless it is that of other values.
   *
   * @throws IllegalStateException if percentiles cannot be told
   */
  public List<Group> groups() {
    if (!hasPercentiles()) {
      throw new IllegalStateException("no percentiles");
    }
    List<Group> groups = new ArrayList<>();
    if (isEmpty()) {
      return groups;
    }
    NavigableMap<Integer, Double> known = buckets;
    if (known == null || minimum == maximum || count <= 2) {
      addGroup(groups, minimum, count - ofMaximum());
      addGroup(groups, maximum, ofMaximum());
      return groups;
    }
    double ofFirst = Math.min(1, known.values().iterator().next());
    double ofLast = Math.min(1, known.descendingMap().values().iterator().next());
    double between = 0;
    for (Map.Entry<Integer, Double> bucket : known.entrySet()) {
      between += near(bucket.getKey()) * within(known, bucket, ofFirst, ofLast);
    }
    double exact = sum - minimum * ofFirst - maximum * ofLast;
    double factor = between > 0 ? Math.clamp(exact / between, LEAST_FACTOR, GREATEST_FACTOR) : 1;
    addGroup(groups, minimum, ofFirst);
    for (Map.Entry<Integer, Double> bucket : known.entrySet()) {
      double value = Math.clamp(near(bucket.getKey()) * factor, minimum, maximum);
      addGroup(groups, value, within(known, bucket, ofFirst, ofLast));
    }
    addGroup(groups, maximum, ofLast);
    return groups;
  }

  private static void addGroup(List<Group> groups, double value, double count) {
    if (count <= 0) {
      return;
    }
    Group last = groups.isEmpty() ? null : groups.getLast();
    if (last != null && last.value == value) {
      groups.set(groups.size() - 1, new Group(value, last.count + count));
    } else {
      groups.add(new Group(value, count));
    }
  }

  private double near(int bucket) {
    return Math.clamp(value(bucket), minimum, maximum);
  }

  /** How many are in a bucket beside the least and the greatest of all. */
  private static double within(
      NavigableMap<Integer, Double> all,
      Map.Entry<Integer, Double> bucket,
      double ofFirst,
      double ofLast) {
    double left = bucket.getValue();
    left -= bucket.getKey().equals(all.firstKey()) ? ofFirst : 0;
    left -= bucket.getKey().equals(all.lastKey()) ? ofLast : 0;
    return left;
  }

  /** Of a negative value, any: there are no percentiles then. */
  private static int bucket(double value) {
    return value <= 0 ? ZERO : (int) Math.ceil(Math.log(value) / LOG_OF_BASE);
  }

  private static double value(int bucket) {
    return bucket == ZERO ? 0 : Math.exp((bucket - 0.5) * LOG_OF_BASE);
  }
}
